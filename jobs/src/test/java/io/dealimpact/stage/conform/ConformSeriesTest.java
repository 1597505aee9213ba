package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.RunContext;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series of real Delta tables: whole, and where only some days of the bars were written again. */
@Tag("spark")
@Tag("slow")
final class ConformSeriesTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;

  @BeforeEach
  void twoYears() {
    Lake lake = lake();
    lake.replaceAll(
        Tables.BARS,
        bars("('A', '2024-12-31', 1d), ('A', '2025-01-02', 3d), ('A', '2025-01-03', 2d)")
            .union(bars("('B', '2025-01-02', 7d)")),
        "{}");
    lake.replaceAll(
        Tables.MARKET_CAPS,
        SPARK
            .sql(
                "select 'A' instrument_id, date'2025-01-03' trade_date, 5d market_cap_ccy,"
                    + " 5d market_cap_usd, 1d usd_per_unit, 'vendor' source")
            .selectExpr(
                "*", "cast(null as double) shares", "cast(null as double) vendor_difference"),
        "{}");
  }

  private Lake lake() {
    return new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
  }

  private static Dataset<Row> bars(String values) {
    Dataset<Row> rows =
        SPARK.sql(
            "select instrument_id, cast(day as date) trade_date, close, year(day) trade_year from"
                + " values "
                + values
                + " as t(instrument_id, day, close)");
    for (TableSpec.Column column : Tables.BARS.columns()) {
      if (!List.of(rows.columns()).contains(column.name())) {
        rows = rows.withColumn(column.name(), lit(null).cast(column.type()));
      }
    }
    return rows;
  }

  private StageResult run() {
    return run("1.0");
  }

  private StageResult run(String program) {
    Lake lake = lake();
    String inputs =
        "{\"program\":\"%s\",\"inputs\":{\"silver.bars\":\"%s\",\"silver.market_caps\":\"%s\"}}"
            .formatted(
                program,
                lake.pin(Tables.BARS).orElseThrow().identity(),
                lake.pin(Tables.MARKET_CAPS).orElseThrow().identity());
    return new ConformSeries()
        .run(
            new StageContext(
                lake,
                new ConfigurationReader().read(Optional.empty(), List.of()),
                RunContext.begin(
                    Clock.systemUTC(),
                    "test",
                    RunContext.Effect.WRITE,
                    RunContext.DateRange.ALWAYS),
                inputs));
  }

  private List<String> series() {
    return lake()
        .read(Tables.SERIES)
        .orderBy("instrument_id", "trade_year")
        .select(
            col("instrument_id"),
            col("trade_year"),
            col("days").cast("string"),
            col("open").cast("string"),
            col("close").cast("string"),
            col("value_days").cast("string"),
            col("market_cap_usd").cast("string"))
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  @Test
  void aYearOfAnInstrumentIsARow() {
    assertThat(run()).isEqualTo(StageResult.computed(""));

    // 2025-01-02 is day 20,090 since 1970-01-01.
    assertThat(series())
        .containsExactly(
            "A 2024 [20088] [NaN] [1.0] [] []",
            "A 2025 [20090, 20091] [NaN, NaN] [3.0, 2.0] [20091] [5.0]",
            "B 2025 [20090] [NaN] [7.0] [] []");
  }

  @Test
  void onlyTheYearsWithDaysThatWereWrittenAgainAreWritten() {
    run();
    lake()
        .replaceRange(
            Tables.BARS,
            bars("('A', '2025-01-03', 4d)"),
            "trade_date",
            "2025-01-03",
            "2025-01-03",
            "{}");

    assertThat(run()).isEqualTo(StageResult.computed("of 2025"));

    assertThat(series())
        .containsExactly(
            "A 2024 [20088] [NaN] [1.0] [] []",
            "A 2025 [20090, 20091] [NaN, NaN] [3.0, 4.0] [20091] [5.0]",
            "B 2025 [20090] [NaN] [7.0] [] []");
  }

  @Test
  void aYearWhoseBarsAreGoneIsGone() {
    run();
    lake()
        .replaceRange(
            Tables.BARS,
            bars("('A', '2024-12-31', 1d)").limit(0),
            "trade_date",
            "2024-12-31",
            "2024-12-31",
            "{}");

    assertThat(run()).isEqualTo(StageResult.computed("of 2024"));

    assertThat(series()).hasSize(2).allMatch(row -> row.contains(" 2025 "));
  }

  @Test
  void anotherProgramWritesAllAgain() {
    run();
    long version = lake().version(Tables.SERIES);
    run();
    assertThat(lake().version(Tables.SERIES)).as("nothing changed").isEqualTo(version);

    assertThat(run("1.1")).isEqualTo(StageResult.computed(""));

    assertThat(lake().version(Tables.SERIES)).isEqualTo(version + 1);
  }

  /** A commit that does not say which days it wrote may have changed any. */
  @Test
  void allIsWrittenWhereItIsNotKnownWhatChanged() {
    run();
    lake().append(Tables.BARS, bars("('C', '2024-12-31', 9d)"));

    assertThat(run()).isEqualTo(StageResult.computed(""));

    assertThat(series()).hasSize(4).contains("C 2024 [20088] [NaN] [9.0] [] []");
  }
}
