package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.run.RunContext;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake for tests of the stages of capacity. */
final class CapacityLake {
  private final SparkSession spark = SparkForTests.session();
  private final Path root;

  CapacityLake(Path root) {
    this.root = root;
  }

  SparkSession spark() {
    return spark;
  }

  /** Runs a stage as a run of its own would. */
  StageResult run(Stage stage, String... settings) {
    return stage.run(context(settings));
  }

  StageContext context(String... settings) {
    Configuration configuration =
        new ConfigurationReader()
            .read(
                Optional.empty(),
                Stream.concat(Stream.of("lake=" + root), Arrays.stream(settings)).toList());
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "test", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS);
    return new StageContext(lake(), configuration, run, "test");
  }

  private Lake lake() {
    return new Lake(spark, root.toString(), Lake.Writes.ALLOWED);
  }

  /** Appends the rows of a query; columns that it does not name are NULL. */
  void append(TableSpec table, String sql) {
    append(table, spark.sql(sql));
  }

  void append(TableSpec table, Dataset<Row> given) {
    List<String> named = List.of(given.columns());
    lake()
        .append(
            table,
            given.select(
                table.columns().stream()
                    .map(
                        c ->
                            (named.contains(c.name()) ? col(c.name()) : lit(null))
                                .cast(c.type())
                                .as(c.name()))
                    .toArray(Column[]::new)));
  }

  /** The table's newest rows. */
  Dataset<Row> table(TableSpec table) {
    return lake().readOrEmpty(table);
  }

  /** All rows as text, sorted. */
  List<String> text(TableSpec table) {
    return table(table).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
