package io.dealimpact.ask;

import io.dealimpact.lake.Lake;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A query over the lake's tables by name. */
final class SqlAnswer {
  private final Lake lake;
  private final String path;

  /**
   * @param path of the lake, for messages
   */
  SqlAnswer(Lake lake, String path) {
    this.lake = lake;
    this.path = path;
  }

  /**
   * Prints the rows of a query.
   *
   * @param width of the screen that a table has to fit; empty if there is none
   */
  void print(String sql, ReadCommands.Format format, OptionalInt width, PrintStream out) {
    List<String> tables = lake.tableNames();
    if (tables.isEmpty()) {
      throw Failures.tableMissing("asked for", path);
    }
    try {
      Dataset<Row> rows = new ReadingSession(lake, tables).rows(sql);
      PrintedRows.print(rows, format, width, out);
    } catch (Exception error) {
      Optional<DealImpactException> ofTheQuery = QueryFailures.of(error);
      if (ofTheQuery.isPresent()) {
        throw ofTheQuery.get();
      }
      throw error;
    }
  }
}
