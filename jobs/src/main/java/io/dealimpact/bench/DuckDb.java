package io.dealimpact.bench;

import io.dealimpact.run.Failures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The peer of the benchmark: DuckDB in this process, in memory, on as many threads as Spark has
 * cores. It is not in our jar; {@code jobs/bin/deal-impact bench} puts it on the class path.
 */
final class DuckDb implements AutoCloseable {
  private final Connection connection;

  private DuckDb(Connection connection) {
    this.connection = connection;
  }

  /**
   * A database for the working files of one benchmark; empty if DuckDB is not on the class path.
   */
  static Optional<DuckDb> open(int threads, Path folder) {
    try {
      Class.forName("org.duckdb.DuckDBDriver");
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    }
    try {
      DuckDb database = new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
      database.execute("set threads = " + threads);
      database.execute("set temp_directory = '" + folder.resolve("duckdb") + "'");
      return Optional.of(database);
    } catch (SQLException error) {
      throw Failures.benchmark("DuckDB does not start", error);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException error) {
      throw Failures.benchmark("DuckDB refuses: " + sql + ": " + error.getMessage(), error);
    }
  }

  String version() {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select version()")) {
      return rows.next() ? "DuckDB " + rows.getString(1) : "DuckDB";
    } catch (SQLException error) {
      throw Failures.benchmark("DuckDB does not state its version", error);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException error) {
      throw Failures.benchmark("DuckDB does not close", error);
    }
  }
}
