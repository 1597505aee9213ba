package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.CatalogTables;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights of real Delta tables, published and held back. */
@Tag("spark")
final class PublicationTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;
  private String[] settings = {};

  private Lake lake() {
    return new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
  }

  private Configuration configuration() {
    return new ConfigurationReader().read(Optional.empty(), List.of(settings));
  }

  private List<String> publishAsOf(String day) {
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "test", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS);
    return new Publication(lake(), configuration(), run, List.of()).publish(LocalDate.parse(day));
  }

  private void publish(StageOutcome... outcomes) {
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "test", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS);
    new Publication(lake(), configuration(), run, List.of(outcomes))
        .publish(LocalDate.parse("2025-11-04"));
  }

  private Optional<Long> night() {
    return Published.newest(lake()).map(Published::night);
  }

  /**
   * Rows of a table from SQL values; a required column that is not given has a value of its type.
   */
  private static Dataset<Row> rows(TableSpec table, String columns, String... values) {
    String given = "select * from values " + String.join(", ", values) + " as t(" + columns + ")";
    List<String> names = List.of(columns.split(", "));
    String filled =
        Arrays.stream(table.schema().fields())
            .map(
                field ->
                    names.contains(field.name())
                        ? "cast(%s as %s) %s".formatted(field.name(), type(field), field.name())
                        : "cast(%s as %s) %s"
                            .formatted(
                                field.nullable() ? "null" : standIn(field.dataType()),
                                type(field),
                                field.name()))
            .collect(Collectors.joining(", "));
    return SPARK.sql("select " + filled + " from (" + given + ")");
  }

  private static String type(StructField field) {
    return field.dataType().sql();
  }

  private static String standIn(DataType type) {
    return type.equals(DataTypes.StringType)
        ? "'x'"
        : type.equals(DataTypes.BooleanType)
            ? "false"
            : type.equals(DataTypes.DateType) ? "date'2025-01-01'" : "1";
  }

  private void moves(String... days) {
    lake()
        .replaceAll(
            Tables.DAILY_MOVES,
            rows(
                Tables.DAILY_MOVES,
                "instrument_id, trade_date, close",
                Arrays.stream(days).map("('A', '%s', 1)"::formatted).toArray(String[]::new)),
            "{}");
  }

  private static String events(String program, String settings, String series) {
    return "{\"program\":\"%s\",\"settings\":\"%s\",\"inputs\":{\"silver.series\":\"%s\"}}"
        .formatted(program, settings, series);
  }

  private static Dataset<Row> impact(double carOfMay) {
    return rows(
        Tables.EVENT_IMPACT,
        "event_id, model, window_start, window_end, event_date, status, car",
        "('d:A', 'market-model', 0, 1, '2025-05-05', 'OK', " + carOfMay + ")",
        "('e:A', 'market-model', 0, 1, '2025-11-03', 'OK', 0.02)");
  }

  @Tag("slow")
  @Test
  void readersSeeThePublishedNightUntilTheNextIsPublished() {
    moves("2025-11-03");
    assertThat(Lake.published(SPARK, folder.toString()).read(Tables.DAILY_MOVES).count())
        .as("nothing was published yet")
        .isEqualTo(1);
    publish();
    assertThat(night()).contains(1L);

    moves("2025-11-03", "2025-11-04");
    assertThat(Lake.published(SPARK, folder.toString()).read(Tables.DAILY_MOVES).count())
        .isEqualTo(1);
    assertThat(lake().read(Tables.DAILY_MOVES).count()).isEqualTo(2);

    Lake before = Lake.published(SPARK, folder.toString());
    publish();
    assertThat(night()).contains(2L);
    assertThat(Lake.published(SPARK, folder.toString()).read(Tables.DAILY_MOVES).count())
        .isEqualTo(2);
    assertThat(Published.newest(before).map(Published::night))
        .as("of a reader that began before")
        .contains(1L);

    publish();
    assertThat(night()).as("nothing changed").contains(2L);
  }

  @Test
  void aNightThatLosesTooManyRowsIsHeldBack() {
    moves("2025-11-03", "2025-11-04", "2025-11-05");
    publish();
    moves("2025-11-03");

    assertThatThrownBy(this::publish)
        .isInstanceOfSatisfying(
            DealImpactException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.QUALITY_GATE))
        .hasMessageContaining(
            "The night was not published: gold.daily_moves has 1 rows and had 3, a loss above the"
                + " share of 0.5 that publish.audits.rows_lost allows.");
    assertThat(night()).contains(1L);
    assertThat(Lake.published(SPARK, folder.toString()).read(Tables.DAILY_MOVES).count())
        .isEqualTo(3);

    settings = new String[] {"publish.audits.rows_lost=1"};
    publish();
    assertThat(night()).contains(2L);
  }

  @Test
  void anAccountThatDoesNotBalanceAndAStatusWithoutAReasonHoldANightBack() {
    lake()
        .replaceAll(
            Tables.EVENT_IMPACT,
            rows(
                Tables.EVENT_IMPACT,
                "event_id, model, window_start, window_end, status, status_reason",
                "('d:A', 'market-model', 0, 1, 'PENDING', ' ')"),
            "{}");
    StageOutcome outcome =
        new StageOutcome(
            "conform-fx",
            StageOutcome.Result.DONE,
            new StageOutcome.Rows(3, 1, 0, 1, 1),
            new StageOutcome.Made("silver.fx", Map.of(), "", 1, ""),
            Instant.EPOCH,
            Duration.ZERO,
            "");

    assertThatThrownBy(() -> publish(outcome))
        .hasMessageContaining(
            "the account of conform-fx does not balance: 3 rows in, 1 accepted, 0 duplicate, 1"
                + " quarantined; 1 rows of gold.event_impact have a status without a reason.");
    assertThat(night()).isEmpty();
  }

  @Tag("slow")
  @Test
  void aFinishedEventThatMovesWithoutACauseIsAnAlarm() {
    String bars = write(Tables.BARS, "instrument_id, trade_date, close", "('A', '2025-11-03', 1)");
    String values =
        write(
            Tables.MARKET_CAPS,
            "instrument_id, trade_date, market_cap_ccy",
            "('A', '2025-11-03', 1)");
    String made =
        "{\"inputs\":{\"silver.bars\":\"%s\",\"silver.market_caps\":\"%s\"}}"
            .formatted(bars, values);
    lake()
        .replaceAll(Tables.SERIES, SPARK.createDataFrame(List.of(), Tables.SERIES.schema()), made);
    String series = lake().pin(Tables.SERIES).orElseThrow().identity();
    lake().replaceAll(Tables.EVENT_IMPACT, impact(0.01), events("1", "s", series));
    publish();

    // A bar of November restated: the event of May depends on nothing that changed.
    lake()
        .replaceRange(
            Tables.BARS,
            rows(Tables.BARS, "instrument_id, trade_date, close", "('A', '2025-11-03', 2)"),
            "trade_date",
            "2025-11-03",
            "2025-11-03",
            "{}");
    lake().replaceAll(Tables.EVENT_IMPACT, impact(0.03), events("1", "s", series));

    assertThatThrownBy(this::publish)
        .hasMessageContaining(
            "the figures of 1 finished events moved though none of their inputs did (d:A)");
    settings = new String[] {"publish.audits.moved=allow"};
    publish();
    assertThat(night()).contains(2L);

    settings = new String[] {};
    lake().replaceAll(Tables.EVENT_IMPACT, impact(0.04), events("2", "s", series));
    publish();
    assertThat(night()).as("another program may give other figures").contains(3L);
  }

  private String write(TableSpec table, String columns, String... values) {
    lake().replaceAll(table, rows(table, columns, values), "{}");
    return lake().pin(table).orElseThrow().identity();
  }

  @Test
  void aTableThatWasMadeAgainIsNotTheOneOfTheNight() throws Exception {
    moves("2025-11-03");
    publish();
    Path table = folder.resolve("gold/daily_moves");
    Files.move(table, folder.resolve("gone"));
    moves("2025-11-04");

    assertThatThrownBy(() -> Lake.published(SPARK, folder.toString()).read(Tables.DAILY_MOVES))
        .hasMessageContaining(
            "is not the one that belongs to the published night: it was removed or made again");
  }

  /** Days of the benchmark up to its newest, Thursday 6 November; then weekdays. */
  @Test
  void aFeedThatIsTooOldHoldsANightBackAlsoWhereNothingChanged() {
    write(
        Tables.BARS,
        "instrument_id, trade_date, close",
        "('SPY', '2025-11-03', 1)",
        "('SPY', '2025-11-04', 1)",
        "('SPY', '2025-11-06', 1)");
    write(Tables.FX, "currency, trade_date, usd_per_unit", "('EUR', '2025-11-03', 1.1)");
    settings =
        new String[] {
          "quality.freshness={bars: {warn: 0, error: 5}, fx: {warn: 2, error: 2},"
              + " factors: {warn: 0, error: 0}}"
        };

    assertThat(publishAsOf("2025-11-06")).as("bars of today; rates of two sessions ago").isEmpty();
    assertThat(night()).contains(1L);
    assertThatThrownBy(() -> publishAsOf("2025-11-10"))
        .isInstanceOfSatisfying(
            DealImpactException.class,
            error -> assertThat(error.exitCode()).isEqualTo(ExitCode.QUALITY_GATE))
        .hasMessageContaining(
            "The night was not published: the feed fx is 4 trading days old on 2025-11-10 (its"
                + " newest day is 2025-11-03), more than the 2 of quality.freshness.fx.error.")
        .hasMessageNotContaining("the feed bars");

    settings = new String[] {"quality.freshness={bars: {warn: 1, error: 5}}"};
    assertThat(publishAsOf("2025-11-10"))
        .containsExactly(
            "the feed bars is 2 trading days old on 2025-11-10 (its newest day is 2025-11-06), more"
                + " than the 1 of quality.freshness.bars.warn");
    assertThat(publishAsOf("2025-11-01")).as("a day before the newest").isEmpty();
  }

  @Test
  void notebooksSeeThePublishedNightByName() {
    moves("2025-11-03");
    publish();
    moves("2025-11-03", "2025-11-04");

    CatalogTables.register(Lake.published(SPARK, folder.toString()));
    assertThat(SPARK.table("gold.daily_moves").count()).isEqualTo(1);
    CatalogTables.register(lake());
    assertThat(SPARK.table("gold.daily_moves").count()).isEqualTo(2);
    publish();
    CatalogTables.register(Lake.published(SPARK, folder.toString()));
    assertThat(SPARK.sql("select * from gold.daily_moves").count()).isEqualTo(2);
  }
}
