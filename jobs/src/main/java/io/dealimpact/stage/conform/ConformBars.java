package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredVersions;
import io.dealimpact.quality.FeedAccount;
import io.dealimpact.quality.GatheredRows;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Daily bars. All but the close may be absent; {@link BarChecks} has the rules. Beside the bars
 * that count it keeps those that were delivered, so that the next run goes on from there: see
 * {@link BarChanges}.
 */
public final class ConformBars implements Stage {

  @Override
  public String name() {
    return "conform-bars";
  }

  @Override
  public String summary() {
    return "daily bars of trading days, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return sources();
  }

  /** What the feed's rows are checked with. */
  static List<TableSpec> sources() {
    return List.of(
        ConformInput.table(Feed.BARS), Tables.INSTRUMENTS, Tables.CALENDAR, Tables.SPLITS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return reads(configuration);
  }

  /** The settings that the checks read. */
  static Map<String, Object> reads(Configuration configuration) {
    return Map.of(
        "quality", configuration.quality(), "study.benchmark", configuration.study().benchmark());
  }

  @Override
  public TableSpec output() {
    return Tables.BARS;
  }

  @Override
  public List<TableSpec> keeps() {
    return List.of(Tables.DELIVERED_BARS, Tables.MARKET_DAYS);
  }

  @Override
  public StageResult run(StageContext context) {
    DeliveredVersions versions = ConformInput.versions(context, Feed.BARS);
    return BarBase.of(context)
        .flatMap(base -> BarChanges.judge(context, versions, base))
        .orElseGet(() -> judgeAll(context, versions));
  }

  private static StageResult judgeAll(StageContext context, DeliveredVersions versions) {
    Judged judged = judged(context, versions);
    try (CheckedRows checked = judged.checked()) {
      Dataset<Row> bars = BarChecks.named(checked.accepted());
      FeedAccount account = checked.account();
      ConformOutput.passGates(context, account, checked.quarantined(), Tables.BARS);
      Optional<Runnable> change = ConformOutput.change(context, Tables.BARS, bars, "trade_date");
      ConformOutput.writeChanged(
          context,
          Tables.DELIVERED_BARS,
          DeliveredBars.byYear(DeliveredBars.of(checked), account.accepted()),
          "trade_year");
      BarBase.write(context, judged.days(), versions, account.quarantined(), change);
      return ConformOutput.result(
          account,
          flags(bars),
          RestatedCloses.message(context.read(ConformInput.table(Feed.BARS)), versions));
    }
  }

  /** The feed's rows, checked; all of them. */
  static CheckedRows check(StageContext context) {
    return judged(context, ConformInput.versions(context, Feed.BARS)).checked();
  }

  /** The feed's rows, checked, and the days of the markets that were found in them. */
  private record Judged(CheckedRows checked, List<MarketDay> days) {}

  /** All rows: the market's days are found in them, then faults of days, then all is checked. */
  private static Judged judged(StageContext context, DeliveredVersions versions) {
    String benchmark = context.configuration().study().benchmark();
    Dataset<Row> typed = BarChecks.typed(context, versions.rowsWithoutRecords(), Set.of());
    try (GatheredRows gathered = GatheredRows.of(typed, "instrument_id", BarSeries.DAY, versions)) {
      List<MarketDay> days = MarketDay.of(BarChecks.marketDays(gathered.rows(), benchmark));
      BenchmarkDays market = BenchmarkDays.of(days);
      KnownDays known = new KnownDays(market, context.read(Tables.SPLITS));
      return new Judged(
          BarChecks.check(gathered, market, benchmark, rows -> BarSeries.review(rows, known)),
          days);
    }
  }

  /** How many bars have which flag. */
  static String flags(Dataset<Row> bars) {
    return RowsAsText.asText(
            bars.where(col(BarSeries.FLAGS).isNotNull())
                .select(explode(split(col(BarSeries.FLAGS), ", ")).as("flag"))
                .groupBy("flag")
                .agg(count(lit(1)).as("bars"))
                .orderBy("flag"),
            20)
        .stream()
        .map(row -> row[1] + " bars " + row[0])
        .collect(Collectors.joining(", "));
  }
}
