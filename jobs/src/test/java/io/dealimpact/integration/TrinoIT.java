package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.testing.SparkForTests;
import io.dealimpact.testing.SupersetDashboard;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Trino on the statements of {@code deal-impact ddl}. */
@Tag("program")
@Tag("slow")
final class TrinoIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** Of the sum of all sizes: rows are added in another order, up to 30,000 of them. */
  private static final double ROUNDING = 1e-12;

  @TempDir private static Path folder;

  private static TrinoServer trino;
  private static List<String> statements = List.of();

  @BeforeAll
  static void views() throws IOException, InterruptedException, SQLException {
    Optional<Path> server = TrinoServer.archive();
    assumeTrue(server.isPresent(), "skipped: there is no Trino; the profile trino fetches one");
    Optional<Path> java = TrinoServer.java();
    assumeTrue(java.isPresent(), "skipped: no JDK 24 or later under /usr/lib/jvm, for Trino");
    Commands.Ended ddl =
        Commands.run(
            LIMIT,
            Map.of(),
            List.of(
                "jobs/bin/deal-impact",
                "ddl",
                "--lake",
                EmbeddedLake.path().toString(),
                "--dialect",
                "trino"));
    assertThat(ddl.status()).as(ddl.failureText()).isZero();
    statements =
        ddl.out().stream()
            .filter(line -> !line.isBlank())
            .map(line -> line.substring(0, line.lastIndexOf(';')))
            .toList();
    trino = TrinoServer.start(server.get(), java.get(), folder);
    for (String statement : statements) {
      execute(statement);
    }
  }

  @AfterAll
  static void stop() {
    if (trino != null) {
      trino.close();
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = trino.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<List<Object>> rows(String sql) throws SQLException {
    try (Connection connection = trino.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static Stream<TableSpec> gold() {
    return Tables.all().stream().filter(table -> table.layer().equals("gold"));
  }

  @Test
  void everyGoldTableHasTheRowsAndTheSumsThatSparkReads() throws SQLException {
    Lake lake = Lake.published(SparkForTests.session(), EmbeddedLake.path().toString());
    for (TableSpec table : gold().toList()) {
      List<String> numbers =
          table.columns().stream()
              .filter(column -> column.type().equals(DataTypes.DoubleType))
              .map(TableSpec.Column::name)
              .toList();
      Dataset<Row> rows = lake.read(table);
      List<Object> byTrino =
          rows(select(numbers, "sum(%s)") + " from delta." + table.fullName()).get(0);
      rows.createOrReplaceTempView("trino_it");
      Row bySpark = rows.sparkSession().sql(select(numbers, "sum(%s)") + " from trino_it").first();
      Row sizes =
          rows.sparkSession().sql(select(numbers, "sum(abs(%s))") + " from trino_it").first();

      assertThat(byTrino.get(0)).as(table.fullName()).isEqualTo(bySpark.get(0));
      for (int i = 1; i <= numbers.size(); i++) {
        String what = table.fullName() + "." + numbers.get(i - 1);
        if (bySpark.isNullAt(i)) {
          assertThat(byTrino.get(i)).as(what).isNull();
        } else {
          assertThat((Double) byTrino.get(i))
              .as(what)
              .isCloseTo(bySpark.getDouble(i), within(ROUNDING * sizes.getDouble(i)));
        }
      }
    }
  }

  private static String select(List<String> numbers, String sum) {
    return Stream.concat(
            Stream.of("count(*)"),
            numbers.stream().map(column -> String.format(Locale.ROOT, sum, column)))
        .collect(Collectors.joining(", ", "select ", ""));
  }

  @Test
  void answersTheQueriesOfTheSupersetDashboard() throws IOException, SQLException {
    Map<String, JsonNode> datasets = SupersetDashboard.datasets();
    for (Map.Entry<String, JsonNode> chart : SupersetDashboard.files("charts").entrySet()) {
      JsonNode dataset = datasets.get(chart.getValue().path("dataset_uuid").asText());
      String query = SupersetDashboard.query(chart.getValue(), dataset);

      assertThat(rows(query.replace("gold.", "delta.gold."))).as(chart.getKey()).isNotEmpty();
    }
  }

  @Test
  void commentsOfColumnsAreThere() throws SQLException {
    for (TableSpec table : gold().toList()) {
      Map<String, String> comments = new LinkedHashMap<>();
      for (List<Object> column : rows("show columns from delta.gold_newest." + table.name())) {
        comments.put((String) column.get(0), (String) column.get(3));
      }
      assertThat(comments)
          .as(table.fullName())
          .isEqualTo(
              table.columns().stream()
                  .collect(Collectors.toMap(TableSpec.Column::name, TableSpec.Column::comment)));
    }
  }

  @Test
  void viewsAreMadeAgainAfterTheNextNight() throws SQLException {
    for (String statement : statements) {
      if (statement.startsWith("CREATE OR REPLACE VIEW")) {
        execute(statement);
      }
    }

    assertThat(rows("select count(*) from delta.gold.events_flat").get(0).get(0))
        .isInstanceOf(Long.class)
        .isNotEqualTo(0L);
  }
}
