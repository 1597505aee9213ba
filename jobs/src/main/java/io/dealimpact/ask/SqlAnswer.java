package io.dealimpact.ask;

import io.dealimpact.lake.Lake;
import io.dealimpact.run.Failures;
import java.io.PrintStream;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A query over the lake's tables by name. */
final class SqlAnswer {
  /** SQLSTATE classes of errors that are the query's: cardinality, data, syntax or access rule. */
  private static final List<String> OF_THE_QUERY = List.of("21", "22", "42");

  private final Lake lake;
  private final String path;

  /**
   * @param path of the lake, for messages
   */
  SqlAnswer(Lake lake, String path) {
    this.lake = lake;
    this.path = path;
  }

  void print(String sql, ReadCommands.Format format, PrintStream out) {
    List<String> tables = lake.tableNames();
    if (tables.isEmpty()) {
      throw Failures.tableMissing("asked for", path);
    }
    try {
      Dataset<Row> rows = new ReadingSession(lake, tables).rows(sql);
      PrintedRows.print(rows, format, out);
    } catch (Exception error) {
      for (Throwable cause = error; cause != null; cause = cause.getCause()) {
        if (cause instanceof SparkThrowable known && isOfTheQuery(known.getSqlState())) {
          throw Failures.badQuery(Failures.firstLine(cause), error);
        }
      }
      throw error;
    }
  }

  private static boolean isOfTheQuery(String sqlState) {
    return sqlState != null && OF_THE_QUERY.stream().anyMatch(sqlState::startsWith);
  }
}
