package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.lake.Upkeep;
import io.dealimpact.run.RunContext;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights of real Delta tables, and what maintain leaves of them. */
@Tag("spark")
@Tag("slow")
final class MaintenanceTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final TableSpec BRONZE =
      Tables.bronze("fx", List.of("currency", "trade_date", "usd_per_unit"));
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private String[] settings = {
    "maintain.keep_nights=3", "maintain.keep_days=0", "maintain.readers_hours=0"
  };

  private Lake lake() {
    return new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
  }

  private static RunContext run(Instant at, RunContext.Effect effect) {
    return RunContext.begin(
        Clock.fixed(at, ZoneOffset.UTC), "test", effect, RunContext.DateRange.ALWAYS);
  }

  private Configuration configuration() {
    return new ConfigurationReader().read(Optional.empty(), List.of(settings));
  }

  /** A delivery to bronze, a whole table of silver, and the night's publication. */
  private void night(int number) {
    Dataset<Row> delivered =
        SPARK.sql(
            """
            select 'EUR' currency, '2025-11-03' trade_date, '%1$d' usd_per_unit,
              cast(null as string) extra_fields, cast(null as string) raw_record,
              cast(null as string) read_error, cast(null as string) read_error_detail,
              'fx/%1$d.csv' source_file, 'sha-%1$d' source_sha256, 1L source_line, 0 source_element,
              timestamp'2026-01-01 00:00:00' ingested_at, 'r' run_id, %1$dL delivery
            """
                .formatted(number));
    lake().appendOnce(BRONZE, delivered, "fx-" + number, List.of("source_sha256"), "{}");
    lake()
        .replaceAll(
            Tables.FX,
            SPARK.sql(
                "select 'EUR' currency, date'2025-11-03' trade_date, %dd usd_per_unit"
                    .formatted(number)),
            "{}");
    RunContext run = run(START.plus(Duration.ofDays(number)), RunContext.Effect.WRITE);
    new Publication(lake(), configuration(), run, List.of()).publish(LocalDate.parse("2025-11-03"));
  }

  private List<Upkeep> maintain(Instant at, RunContext.Effect effect) {
    return new Maintenance(
            new Lake(
                SPARK,
                folder.toString(),
                effect == RunContext.Effect.WRITE ? Lake.Writes.ALLOWED : Lake.Writes.SUPPRESSED),
            configuration().maintain())
        .run(run(at, effect));
  }

  private void maintain() {
    maintain(START.plus(Duration.ofDays(100)), RunContext.Effect.WRITE);
  }

  private List<Long> nights() {
    return Published.all(lake()).stream().map(Published::night).toList();
  }

  /** Every kept night has the rate and as many deliveries as it was published with. */
  private void assertThatKeptNightsRead() {
    for (Published night : Published.all(lake())) {
      Lake then = lake().at(night.versions());
      assertThat(then.read(Tables.FX).selectExpr("cast(usd_per_unit as bigint)").first().getLong(0))
          .isEqualTo(night.night());
      assertThat(then.read(BRONZE).count()).isEqualTo(night.night());
    }
  }

  private long files(String table, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(table))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(?!\\.).*" + suffix))
          .count();
    }
  }

  private Map<String, TableVersion> current() {
    Map<String, TableVersion> versions = new TreeMap<>();
    for (TableSpec table : List.of(BRONZE, Tables.FX)) {
      versions.put(table.fullName(), lake().current(table).orElseThrow());
    }
    return versions;
  }

  @Test
  void whatIsKeptReadsAsBeforeAndWhatIsNotIsGone() throws IOException {
    for (int night = 1; night <= 14; night++) {
      night(night);
    }
    Map<String, TableVersion> before = current();

    List<Upkeep> done = maintain(START.plus(Duration.ofDays(100)), RunContext.Effect.WRITE);

    assertThat(nights()).containsExactly(12L, 13L, 14L);
    assertThatKeptNightsRead();
    assertThat(current()).as("no stage has a reason to run again").isEqualTo(before);
    assertThat(lake().version(BRONZE)).isEqualTo(before.get("bronze.fx").version() + 1);
    Upkeep bronze = done.stream().filter(of -> of.table().equals("bronze.fx")).findFirst().get();
    assertThat(bronze.filesBefore()).isEqualTo(14);
    assertThat(bronze.filesAfter()).isEqualTo(1);
    Upkeep silver = done.stream().filter(of -> of.table().equals("silver.fx")).findFirst().get();
    assertThat(silver.filesRemoved()).as("those of nights 1 to 11").isEqualTo(11);
    assertThat(files("silver/fx", "\\.snappy\\.parquet")).isEqualTo(3);
    assertThat(files("silver/fx/_delta_log", "\\d{20}\\.json"))
        .as("from the checkpoint of version 10 on")
        .isEqualTo(5);

    night(15);
    assertThatKeptNightsRead();
    assertThat(lake().read(Tables.FX).count()).isEqualTo(1);
    assertThat(current().get("bronze.fx").tableId()).isEqualTo(before.get("bronze.fx").tableId());

    maintain();
    assertThat(nights()).containsExactly(13L, 14L, 15L);
    assertThatKeptNightsRead();
    assertThat(maintain(START.plus(Duration.ofDays(100)), RunContext.Effect.WRITE))
        .as("there is nothing left to do, but for the files of ops.published")
        .noneMatch(of -> of.isAny() && !of.table().equals("ops.published"));
  }

  @Test
  void theMoreOfNightsAndDaysIsKeptAndNoClockTakesTheLastNights() {
    for (int night = 1; night <= 6; night++) {
      night(night);
    }
    settings =
        new String[] {"maintain.keep_nights=2", "maintain.keep_days=3", "maintain.readers_hours=0"};

    maintain(START.plus(Duration.ofDays(7)), RunContext.Effect.WRITE);
    assertThat(nights()).as("of three days").containsExactly(4L, 5L, 6L);
    assertThatKeptNightsRead();

    maintain(Instant.parse("2999-01-01T00:00:00Z"), RunContext.Effect.WRITE);
    assertThat(nights()).as("a clock that is wrong").containsExactly(5L, 6L);
    assertThatKeptNightsRead();

    maintain(Instant.parse("1999-01-01T00:00:00Z"), RunContext.Effect.WRITE);
    assertThat(nights()).containsExactly(5L, 6L);
  }

  @Test
  void aDryRunSaysWhatItWouldRemoveAndRemovesNothing() throws IOException {
    for (int night = 1; night <= 5; night++) {
      night(night);
    }
    long files = files("", ".*");

    List<Upkeep> done = maintain(START.plus(Duration.ofDays(100)), RunContext.Effect.DRY_RUN);

    assertThat(files("", ".*")).isEqualTo(files);
    assertThat(nights()).hasSize(5);
    assertThat(done)
        .filteredOn(of -> of.table().equals("silver.fx"))
        .singleElement()
        .satisfies(of -> assertThat(of.filesRemoved()).isEqualTo(2));
  }

  @Test
  void filesOfLateStayForReadersThatBeganBefore() throws IOException {
    for (int night = 1; night <= 14; night++) {
      night(night);
    }
    settings[2] = "maintain.readers_hours=1";
    long commits = files("silver/fx/_delta_log", "\\d{20}\\.json");

    maintain();

    assertThat(nights()).containsExactly(12L, 13L, 14L);
    assertThat(files("silver/fx", "\\.snappy\\.parquet")).isEqualTo(14);
    assertThat(files("silver/fx/_delta_log", "\\d{20}\\.json")).isGreaterThanOrEqualTo(commits);
  }

  /** A life of nights that are maintained: what lies in the lake stops growing. */
  @Test
  void aMaintainedLakeStopsGrowing() throws IOException {
    List<Long> files = new ArrayList<>();
    for (int night = 1; night <= 30; night++) {
      night(night);
      if (night % 5 == 0) {
        maintain();
        files.add(files("", ".*"));
      }
    }
    assertThatKeptNightsRead();
    assertThat(files.subList(4, 6))
        .as("files after maintain, every five nights: %s", files)
        .allMatch(count -> count <= files.get(3));
  }
}
