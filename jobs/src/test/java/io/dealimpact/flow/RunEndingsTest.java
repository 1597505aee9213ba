package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.source.Feed;
import io.dealimpact.testing.FaultyFileSystem;
import io.dealimpact.testing.FaultyFileSystem.Plan;
import io.dealimpact.testing.Folders;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind and says, however it ends; one small feed, real stages. */
@Tag("spark")
@Tag("slow")
final class RunEndingsTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;
  private String lake;
  private Clock clock = Clock.systemUTC();

  private record Said(ExitCode exit, String log) {}

  @BeforeEach
  void deliverOneRate() throws IOException {
    lake = folder.resolve("lake").toString();
    deliver("1.1");
  }

  private void deliver(String euro) throws IOException {
    Files.createDirectories(folder.resolve("landing/fx"));
    Files.writeString(
        folder.resolve("landing/fx/x.csv"),
        "currency,trade_date,usd_per_unit\nEUR,2025-11-03," + euro + "\n");
  }

  private Configuration configuration() {
    return new ConfigurationReader()
        .read(Optional.empty(), List.of("landing=" + folder.resolve("landing"), "lake=" + lake));
  }

  private Said stage(String name) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Runs runs = new Runs(SPARK, configuration(), new PrintStream(err, true, UTF_8));
    RunContext run = RunContext.begin(clock, "test", Effect.WRITE, DateRange.ALWAYS);
    ExitCode exit = runs.stage(run, name);
    return new Said(exit, err.toString(UTF_8));
  }

  private Lake lake() {
    return new Lake(SPARK, lake, Lake.Writes.ALLOWED);
  }

  private static TableSpec bronze() {
    return Tables.bronze(Feed.FX.folder(), Feed.FX.columns());
  }

  private static TableSpec.Column column(String name, DataType type) {
    return new TableSpec.Column(name, type, TableSpec.Presence.REQUIRED, name);
  }

  private List<String> log(String... columns) {
    return lake()
        .read(Tables.RUN_LOG)
        .orderBy("started_at", "run_id", "stage")
        .selectExpr(columns)
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  private double rate() {
    return lake().read(Tables.FX).collectAsList().get(0).<Double>getAs("usd_per_unit");
  }

  @Test
  void aRunHasOneRowForEachStageAndOneForItself() {
    assertThat(stage("ingest-fx").exit()).isEqualTo(ExitCode.OK);

    assertThat(log("stage", "result", "exit_code", "output_version"))
        .containsExactly("(run)|DONE|0|null", "ingest-fx|DONE|null|1");
    Row stage = lake().read(Tables.RUN_LOG).where("stage = 'ingest-fx'").first();
    assertThat(stage.<String>getAs("output_table_id"))
        .isEqualTo(lake().pin(bronze()).orElseThrow().tableId());
    assertThat(stage.<String>getAs("program_build")).isEqualTo(Program.commit());
  }

  @Test
  void aTaskThatRunsOutOfMemoryEndsTheRunAndSaysSo() {
    stage("ingest-fx");
    FaultyFileSystem.install(SPARK.sparkContext().hadoopConfiguration());
    lake = "faulty:" + lake;
    FaultyFileSystem.follow(
        Plan.watched(
            (operation, path, total) -> {
              if (path.toString().contains("/bronze/fx/part-")
                  && Thread.currentThread().getName().startsWith("Executor task")) {
                throw new OutOfMemoryError("Java heap space");
              }
            }));
    Said said = stage("conform-fx");
    FaultyFileSystem.follow(Plan.none());

    assertThat(said.exit()).as(said.log()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(said.log()).contains("There was not enough memory", "DEAL_IMPACT_HEAP");
    assertThat(log("stage", "result", "exit_code"))
        .contains("(run)|DONE|0", "(run)|FAILED|1", "conform-fx|FAILED|null");
    assertThat(stage("conform-fx").exit()).isEqualTo(ExitCode.OK);
    assertThat(rate()).isEqualTo(1.1);
  }

  /** Killed after a stage's commit and before the log's: the log knows nothing of the stage. */
  @Test
  void whatAKilledRunFinishedIsNotDoneAgain() throws IOException {
    stage("ingest-fx");
    stage("conform-fx");
    Folders.delete(folder.resolve("lake/ops/run_log"));

    assertThat(stage("ingest-fx").log()).contains("\"stages_done\":0");
    assertThat(stage("conform-fx").log()).contains("\"stages_done\":0", "\"exit_code\":0");
    assertThat(lake().version(Tables.FX)).isEqualTo(1);
  }

  /** The table that stands there has the version of the one that was written, and other rows. */
  @Test
  void aTableMadeAgainAtTheSameVersionIsWrittenAgain() throws IOException {
    stage("ingest-fx");
    stage("conform-fx");
    long version = lake().version(Tables.FX);
    Folders.delete(folder.resolve("lake/silver/fx"));
    lake()
        .replaceAll(
            Tables.FX,
            SPARK.sql("select 'EUR' currency, date'2025-11-03' trade_date, 9d usd_per_unit"),
            "{}");
    assertThat(lake().version(Tables.FX)).isEqualTo(version);

    stage("conform-fx");

    assertThat(rate()).isEqualTo(1.1);
  }

  @Test
  void theLaterDeliveryCountsThoughTheClockWentBack() throws IOException {
    String[] rates = {"1.1", "1.2", "1.1", "1.3", "1.2"};
    for (int i = 0; i < rates.length; i++) {
      clock = Clock.fixed(Instant.parse("2026-01-10T00:00:00Z").minusSeconds(i), ZoneOffset.UTC);
      deliver(rates[i]);
      assertThat(stage("ingest-fx").exit()).isEqualTo(ExitCode.OK);
      assertThat(stage("conform-fx").exit()).isEqualTo(ExitCode.OK);
      assertThat(rate()).as("delivery " + i).isEqualTo(Double.parseDouble(rates[i]));
    }
    assertThat(lake().read(bronze()).count()).isEqualTo(rates.length);
  }

  @Test
  void noTableIsWrittenWhereOneOfTheRunHasOtherColumns() {
    stage("ingest-fx");
    TableSpec other =
        new TableSpec(
            "silver",
            "fx",
            "another program's",
            List.of(column("currency", DataTypes.StringType), column("rate", DataTypes.DoubleType)),
            List.of(),
            Map.of(),
            List.of());
    lake().replaceAll(other, SPARK.sql("select 'EUR' currency, 1d rate"), "{}");

    Said said = stage("conform-fx");

    assertThat(said.exit()).isEqualTo(ExitCode.STORAGE);
    assertThat(said.log())
        .contains("The table silver.fx at ", "unknown   rate DOUBLE", "Nothing was written.")
        .contains("\"exit_code\":50");
    assertThat(lake().exists(Tables.QUARANTINE)).isFalse();
    assertThat(log("stage", "result")).contains("(run)|FAILED", "conform-fx|FAILED");
  }

  @Test
  void aLakeThatCannotBeWrittenIsExitFiftyAndSaysSo() throws IOException {
    Files.writeString(folder.resolve("file"), "not a folder");
    lake = folder.resolve("file/lake").toString();

    Said said = stage("ingest-fx");

    assertThat(said.exit()).isEqualTo(ExitCode.STORAGE);
    assertThat(said.log())
        .contains("Storage failed while ")
        .contains(" could not be written to ops.run_log: ")
        .contains("\"exit_code\":50", "\"run_id\":\"2");
  }

  @Test
  void aTableWhoseFilesAreGoneIsExitFifty() throws IOException {
    stage("ingest-fx");
    try (Stream<Path> files = Files.walk(folder.resolve("lake/bronze/fx"))) {
      for (Path file : files.filter(of -> of.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }

    Said said = stage("conform-fx");

    assertThat(said.exit()).as(said.log()).isEqualTo(ExitCode.STORAGE);
    assertThat(said.log()).contains("Storage failed while ", "bronze/fx");
  }

  @Test
  void aTableWhoseLogHasAGapIsExitFifty() throws IOException {
    for (String rate : List.of("1.1", "1.2", "1.3")) {
      deliver(rate);
      stage("ingest-fx");
    }
    // Another place, of which Delta remembers nothing.
    lake = Folders.copy(folder.resolve("lake"), folder.resolve("copied")).toString();
    Path log = folder.resolve("copied/bronze/fx/_delta_log");
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.filter(of -> of.toString().matches(".*(0002\\.json|crc)")).toList()) {
        Files.delete(file);
      }
    }

    Said said = stage("conform-fx");

    assertThat(said.exit()).as(said.log()).isEqualTo(ExitCode.STORAGE);
  }

  @Test
  void aRunLogThatCannotBeWrittenStopsARunBeforeItsFirstTable() throws IOException {
    Files.createDirectories(folder.resolve("lake/ops"));
    Files.writeString(folder.resolve("lake/ops/run_log"), "not a folder");

    Said said = stage("ingest-fx");

    assertThat(said.exit()).isEqualTo(ExitCode.STORAGE);
    assertThat(said.log()).contains(" could not be written to ops.run_log: ");
    assertThat(lake().exists(bronze())).isFalse();
  }

  @Test
  void aFileSystemThatIsNotThereIsExitTenAndNamesWhatToAdd() {
    lake = "s3a://bucket/lake";
    Said said = stage("ingest-fx");
    assertThat(said.exit()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(said.log())
        .contains("Spark has no file system for that path's scheme")
        .contains("jobs/bin/submit --packages org.apache.hadoop:hadoop-aws:3.")
        .contains("\"exit_code\":10");

    lake = "abfss://container@account.dfs.core.windows.net/lake";
    assertThat(stage("ingest-fx").log()).contains("--packages org.apache.hadoop:hadoop-azure:3.");

    lake = "gs://bucket/lake";
    assertThat(stage("ingest-fx").log())
        .contains("--packages com.google.cloud.bigdataoss:gcs-connector:");

    lake = "nosuch://bucket/lake";
    Said unknown = stage("ingest-fx");
    assertThat(unknown.exit()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(unknown.log()).contains("with --packages or --jars");
  }
}
