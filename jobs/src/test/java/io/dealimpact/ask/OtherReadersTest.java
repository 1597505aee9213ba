package io.dealimpact.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.stage.conform.ConformFixture;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as other programs get them: copies, and views in Spark and in DuckDB. */
@Tag("spark")
final class OtherReadersTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;

  /** A table that was written twice: its folder has files of rows that are gone. */
  @BeforeEach
  void twoNights() {
    new ConformFixture(lake())
        .silver(
            Tables.FX,
            "currency|trade_date|usd_per_unit",
            "GBP|2025-11-03|1.3",
            "EUR|2025-11-04|1.16",
            "EUR|2025-11-03|1.15");
    Lake lake = new Lake(SPARK, lake().toString(), Lake.Writes.ALLOWED);
    lake.replaceAll(
        Tables.FX, lake.read(Tables.FX).where("currency = 'EUR'").localCheckpoint(), "{}");
  }

  private Path lake() {
    return folder.resolve("a lake's");
  }

  private ReadCommands commands() {
    return new ReadCommands(
        SPARK,
        new ConfigurationReader().read(Optional.empty(), List.of("lake=" + lake())),
        ReadCommands.Night.PUBLISHED);
  }

  private static List<String> duckDb(String statements, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
    }
    return rows;
  }

  @Test
  void copiesAsCsvAreInTheOrderOfTheKeys() throws IOException {
    List<String> files =
        commands()
            .export(
                List.of("silver.fx"),
                ReadCommands.ExportFormat.CSV,
                folder.resolve("out").toString());

    assertThat(files).containsExactly(folder.resolve("out/fx.csv").toString());
    assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/fx.csv");
    assertThat(Files.readAllLines(folder.resolve("out/fx.csv")))
        .first()
        .asString()
        .startsWith("currency,trade_date,usd_per_unit");
    assertThat(Files.readAllLines(folder.resolve("out/fx.csv")))
        .extracting(line -> line.substring(0, 3))
        .containsExactly("cur", "EUR", "EUR");
  }

  @Test
  void aCopyAsParquetIsOneFileThatAnotherProgramReads() throws IOException, SQLException {
    String out = folder.resolve("out").toString();
    commands().export(List.of("silver.fx"), ReadCommands.ExportFormat.PARQUET, out);
    // Once more: it replaces the file.
    commands().export(List.of("silver.fx"), ReadCommands.ExportFormat.PARQUET, out);

    try (var files = Files.list(folder.resolve("out"))) {
      assertThat(files).containsExactly(folder.resolve("out/fx.parquet"));
    }
    assertThat(
            duckDb(
                "select 1",
                "select currency || ' ' || trade_date || ' ' || usd_per_unit from read_parquet('"
                    + out
                    + "/fx.parquet')"))
        .containsExactly("EUR 2025-11-03 1.15", "EUR 2025-11-04 1.16");
  }

  @Test
  void aTableThatIsNoneIsAnError() {
    assertThatThrownBy(
            () -> commands().export(List.of("gold.nope"), ReadCommands.ExportFormat.CSV, "/tmp"))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("gold.nope");
  }

  @Test
  void viewsInDuckDbShowNoRowsThatAreGone() throws SQLException {
    String statements = commands().views(List.of("silver.fx"), ReadCommands.Dialect.DUCKDB);

    assertThat(duckDb(statements, "select currency from silver.fx")).containsExactly("EUR", "EUR");
  }

  @Test
  void viewsInSparkShowTheVersionOfTheNightAndTheComments() {
    String statements = commands().views(List.of("silver.fx"), ReadCommands.Dialect.SPARK);
    SparkSession other = SPARK.newSession();
    try {
      for (String statement : statements.split(";\n", -1)) {
        if (!statement.isEmpty()) {
          other.sql(statement);
        }
      }

      assertThat(other.table("silver.fx").select("currency").collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("EUR", "EUR");
      Row rate = other.sql("describe silver.fx").where("col_name = 'usd_per_unit'").first();
      assertThat(rate.<String>getAs("comment")).isEqualTo(comment("usd_per_unit"));
    } finally {
      other.sql("drop schema if exists silver cascade");
    }
  }

  private static String comment(String column) {
    return Tables.FX.columns().stream()
        .filter(c -> c.name().equals(column))
        .findFirst()
        .orElseThrow()
        .comment();
  }

  @Test
  void statementsForEnginesThatAreNotHere() {
    String path = lake() + "/silver/fx";

    assertThat(commands().views(List.of("silver.fx"), ReadCommands.Dialect.TRINO))
        .isEqualTo(
            "CREATE SCHEMA IF NOT EXISTS delta.silver;\n"
                + "CREATE SCHEMA IF NOT EXISTS delta.silver_newest;\n"
                + "CALL delta.system.register_table(schema_name => 'silver_newest',"
                + " table_name => 'fx', table_location => '"
                + ("local://" + path).replace("'", "''")
                + "');\n"
                + "CREATE OR REPLACE VIEW delta.silver.fx AS SELECT * FROM"
                + " delta.silver_newest.fx;\n");
    assertThat(commands().views(List.of("silver.fx"), ReadCommands.Dialect.DATABRICKS))
        .contains("USING DELTA LOCATION '" + path.replace("'", "\\'") + "';\n");
  }
}
