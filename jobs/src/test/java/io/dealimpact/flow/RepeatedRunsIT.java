package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.integration.EmbeddedLake;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs after the first night, each on a copy of its lake: what they change and what they do not.
 */
@Tag("program")
@Tag("slow")
final class RepeatedRunsIT {
  private static final List<TableSpec> STUDY =
      List.of(
          Tables.MODEL_FITS,
          Tables.ABNORMAL_RETURNS,
          Tables.EVENT_IMPACT,
          Tables.DEAL_IMPACT,
          Tables.ABNORMAL_VOLUME,
          Tables.ABNORMAL_VOLATILITY,
          Tables.STUDY_PATHS,
          Tables.STUDY_TESTS,
          Tables.CAR_REGRESSIONS,
          Tables.ROBUSTNESS);

  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;
  private Configuration configuration;

  @BeforeEach
  void copyTheFirstNight() throws IOException {
    configuration = configured(EmbeddedLake.landing(), EmbeddedLake.copy(folder.resolve("lake")));
  }

  private static Configuration configured(Path landing, Path lake) {
    return new ConfigurationReader()
        .read(Optional.empty(), List.of("landing=" + landing, "lake=" + lake));
  }

  private record Night(ExitCode exit, String log) {}

  private Night night(Effect effect, DateRange range) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Runs runs = new Runs(SPARK, configuration, new PrintStream(err, true, UTF_8));
    ExitCode exit =
        runs.nightly(RunContext.begin(Clock.systemUTC(), "test", effect, range), () -> {});
    return new Night(exit, err.toString(UTF_8));
  }

  private Lake lake() {
    return new Lake(SPARK, configuration.lake(), Lake.Writes.ALLOWED);
  }

  private Dataset<Row> table(TableSpec table) {
    return lake().read(table);
  }

  private Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    for (TableSpec table : Tables.all()) {
      if (!table.layer().equals("ops") && lake().exists(table)) {
        versions.put(table.fullName(), lake().version(table));
      }
    }
    return versions;
  }

  /** Every row as text, sorted: doubles to their last bit. */
  private List<String> rows(TableSpec table) {
    return table(table).toJSON().collectAsList().stream().sorted().toList();
  }

  @Test
  void aSecondRunTheSameNightFindsNothingNewAndChangesNothing() {
    Map<String, Long> before = versions();

    Night second = night(Effect.WRITE, DateRange.ALWAYS);

    assertThat(second.exit()).isEqualTo(ExitCode.OK);
    assertThat(second.log()).contains("\"stages_done\":0", "\"rows_written\":0");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void aDryRunWhereNothingIsNewWouldRunNothing() {
    Map<String, Long> before = versions();

    Night same = night(Effect.DRY_RUN, DateRange.ALWAYS);

    assertThat(same.log()).doesNotContain("would run");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void aDryRunOfTheFirstNightSaysWhatWouldRunAndWritesNothing() {
    configuration = configured(EmbeddedLake.landing(), folder.resolve("none"));

    Night first = night(Effect.DRY_RUN, DateRange.ALWAYS);

    assertThat(first.exit()).isEqualTo(ExitCode.OK);
    assertThat(first.log())
        .containsPattern("ingest-bars +dry run .*would run: new or changed files")
        .containsPattern("measure-events +dry run .*would run: .*silver.series");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aBackfillOnAnotherPartitioningGivesTheSameRows() {
    Map<TableSpec, List<String>> before = new LinkedHashMap<>();
    STUDY.forEach(table -> before.put(table, rows(table)));
    String partitions = SPARK.conf().get("spark.sql.shuffle.partitions");
    SPARK.conf().set("spark.sql.shuffle.partitions", "3");
    try {
      Night backfill =
          night(
              Effect.WRITE,
              new DateRange(LocalDate.parse("2025-09-01"), LocalDate.parse("2025-11-30")));
      assertThat(backfill.exit()).as(backfill.log()).isEqualTo(ExitCode.OK);
      assertThat(Published.newest(lake()).orElseThrow().night())
          .as("a backfill is no night")
          .isEqualTo(1);
    } finally {
      SPARK.conf().set("spark.sql.shuffle.partitions", partitions);
    }

    before.forEach(
        (table, expected) ->
            assertThat(rows(table)).as(table.fullName()).containsExactlyElementsOf(expected));
  }

  @Test
  void aMissingLandingZoneIsExitTwenty() {
    configuration = configured(Path.of("/nowhere/at/all"), folder.resolve("lake"));
    Night night = night(Effect.WRITE, DateRange.ALWAYS);
    assertThat(night.exit()).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(night.log()).contains("The landing zone /nowhere/at/all does not exist.");
  }

  /**
   * A landing zone with one file of exchange rates, whose one row has no day, and an empty lake.
   */
  private void deliverOneBadRate() throws IOException {
    Path landing = folder.resolve("bare");
    Files.createDirectories(landing.resolve("fx"));
    Files.writeString(
        landing.resolve("fx/x.csv"), "currency,trade_date,usd_per_unit\nEUR,yesterday,1\n");
    configuration = configured(landing, folder.resolve("bare-lake"));
  }

  @Test
  void aLandingZoneWithoutARequiredFeedIsExitTwenty() throws IOException {
    deliverOneBadRate();

    Night deals = stage("ingest-deals");
    assertThat(deals.exit()).isEqualTo(ExitCode.INPUT_MISSING);
    assertThat(deals.log())
        .contains("The landing zone has no deals: ", "wait for the delivery and run again")
        .contains("\"exit_code\":20");
  }

  @Test
  void aClosedGateIsExitThirtyAndLeavesTheTableAsItWas() throws IOException {
    deliverOneBadRate();

    assertThat(stage("ingest-fx").exit()).isEqualTo(ExitCode.OK);
    Night fx = stage("conform-fx");
    assertThat(fx.exit()).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(fx.log())
        .contains("Of 1 rows of the feed fx, 1 break a rule, more than the share of 0.5");
    assertThat(table(Tables.QUARANTINE).select("rule").first().getString(0))
        .isEqualTo("invalid-date");
    assertThat(lake().exists(Tables.FX)).isFalse();
  }

  private Night stage(String name) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Runs runs = new Runs(SPARK, configuration, new PrintStream(err, true, UTF_8));
    ExitCode exit =
        runs.stage(
            RunContext.begin(Clock.systemUTC(), "test", Effect.WRITE, DateRange.ALWAYS), name);
    return new Night(exit, err.toString(UTF_8));
  }
}
