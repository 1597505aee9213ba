package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.RunContext;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A small lake for one test: bronze and silver given as text, stages run on it, results as text.
 */
public final class ConformFixture {
  private final SparkSession spark = SparkForTests.session();
  private final Lake lake;
  private final Configuration configuration;
  private int ingests;

  public ConformFixture(Path folder, String... settings) {
    this.lake = new Lake(spark, folder.toString(), Lake.Writes.ALLOWED);
    this.configuration = new ConfigurationReader().read(Optional.empty(), List.of(settings));
  }

  /**
   * Bronze rows of a file, as a CSV reader would leave them: the header is line 1.
   *
   * @param separated header and rows, their fields separated by {@code |}; an empty field is NULL
   */
  ConformFixture file(Feed feed, String path, String... separated) {
    List<String> header = fields(separated[0]);
    List<Column> columns = new ArrayList<>();
    for (String column : feed.columns()) {
      columns.add(header.contains(column) ? col(column) : lit(null).cast("string").as(column));
    }
    for (String column : List.of("extra_fields", "read_error", "read_error_detail")) {
      columns.add(header.contains(column) ? col(column) : lit(null).cast("string").as(column));
    }
    columns.add(col("raw_record"));
    columns.add(col("source_line"));
    Dataset<Row> rows =
        text(separated)
            .select(columns.toArray(Column[]::new))
            .withColumn("source_element", lit(0))
            .withColumn("source_file", lit(path))
            .withColumn("source_sha256", lit("sha-" + ingests));
    return ingest(feed, rows);
  }

  private ConformFixture ingest(Feed feed, Dataset<Row> rows) {
    lake.append(
        ConformInput.table(feed),
        rows.withColumn("ingested_at", lit("2026-01-01 00:00:%02d".formatted(ingests++)))
            .withColumn("run_id", lit("ingest"))
            .withColumn("delivery", lit(ingests)));
    return this;
  }

  /** Rows of a table of silver; columns that the header does not name are NULL. */
  public ConformFixture silver(TableSpec table, String... separated) {
    Dataset<Row> rows = text(separated);
    for (TableSpec.Column column : table.columns()) {
      if (!fields(separated[0]).contains(column.name())) {
        rows = rows.withColumn(column.name(), lit(null));
      }
    }
    lake.append(table, rows);
    return this;
  }

  /** Runs a stage on the lake. */
  public StageResult run(Stage stage) {
    return stage.run(context());
  }

  /** Runs a stage as a night does: what it writes names its inputs, its settings and the run. */
  StageResult night(Stage stage) {
    return night(stage, lake);
  }

  /** The same on a lake of its own that has what is delivered, and nothing that was made of it. */
  StageResult afresh(Stage stage, Path folder) {
    return night(stage, beside(folder));
  }

  private Lake beside(Path folder) {
    return lake.beside(
        folder.toString(),
        List.of(ConformInput.table(Feed.BARS), Tables.INSTRUMENTS, Tables.CALENDAR, Tables.SPLITS));
  }

  private StageResult night(Stage stage, Lake on) {
    RunContext run = context().run();
    String inputs =
        stage.inputs().stream()
            .filter(table -> on.pin(table).isPresent())
            .map(
                table ->
                    "\"%s\":\"%s\""
                        .formatted(table.fullName(), on.pin(table).orElseThrow().identity()))
            .collect(Collectors.joining(","));
    String note =
        "{\"run_id\":\"%s\",\"program\":\"p\",\"settings\":\"s\",\"inputs\":{%s}}"
            .formatted(run.runId(), inputs);
    return stage.run(new StageContext(on, configuration, run, note));
  }

  /** All rows of a table but for the run that wrote them, sorted. */
  List<String> all(TableSpec table) {
    return lines(table(table).drop("run_id"));
  }

  /** The same of a lake beside this one. */
  List<String> all(TableSpec table, Path folder) {
    return lines(
        new Lake(spark, folder.toString(), Lake.Writes.ALLOWED).readOrEmpty(table).drop("run_id"));
  }

  /** What a stage on the lake is given. */
  public StageContext context() {
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "test", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS);
    return new StageContext(lake, configuration, run, "test");
  }

  /** The table's rows, sorted; the columns separated by {@code |}, NULL as nothing. */
  List<String> rows(TableSpec table, String... columns) {
    return lines(table(table).select(columns(columns)));
  }

  /** What is in quarantine for the feed: {@code file:line rule message}, sorted. */
  List<String> quarantine(String feed) {
    return table(Tables.QUARANTINE).where(col("feed").equalTo(feed)).collectAsList().stream()
        .map(
            r ->
                "%s:%d %s: %s"
                    .formatted(
                        r.<String>getAs("source_file"),
                        r.<Long>getAs("source_line"),
                        r.<String>getAs("rule"),
                        r.<String>getAs("message")))
        .sorted()
        .toList();
  }

  Dataset<Row> table(TableSpec table) {
    return new Lake(spark, lake.path(table).replaceAll("/[^/]+/[^/]+$", ""), Lake.Writes.ALLOWED)
        .readOrEmpty(table);
  }

  long version(TableSpec table) {
    return new Lake(spark, lake.path(table).replaceAll("/[^/]+/[^/]+$", ""), Lake.Writes.ALLOWED)
        .version(table);
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            r ->
                IntStream.range(0, r.length())
                    .mapToObj(i -> r.isNullAt(i) ? "" : String.valueOf(r.get(i)))
                    .collect(Collectors.joining("|")))
        .sorted()
        .toList();
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(c -> col(c)).toArray(Column[]::new);
  }

  private Dataset<Row> text(String... separated) {
    List<String> header = fields(separated[0]);
    List<StructField> schema = new ArrayList<>();
    for (String column : header) {
      schema.add(DataTypes.createStructField(column, DataTypes.StringType, true));
    }
    schema.add(DataTypes.createStructField("raw_record", DataTypes.StringType, true));
    schema.add(DataTypes.createStructField("source_line", DataTypes.LongType, true));
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < separated.length; i++) {
      List<Object> values = new ArrayList<>();
      for (String field : fields(separated[i])) {
        values.add(field.isEmpty() ? null : field);
      }
      values.add(separated[i]);
      values.add((long) i + 1);
      rows.add(RowFactory.create(values.toArray()));
    }
    return spark.createDataFrame(rows, new StructType(schema.toArray(StructField[]::new)));
  }

  private static List<String> fields(String line) {
    return List.of(line.split("\\|", -1));
  }
}
