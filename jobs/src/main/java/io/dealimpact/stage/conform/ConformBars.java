package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Daily bars. Open, high, low, adjusted close and volume may be absent, the close may not.
 *
 * <p>A bar must be of a trading day. Where silver.calendar lists the sessions of the exchange in
 * that month, they decide; a calendar of half days alone lists too few for that. Elsewhere no
 * exchange trades at a week-end, and an instrument in the benchmark's currency trades on no day
 * that the benchmark skips between its first and its last bar; instruments in other currencies keep
 * other holidays and need a calendar.
 *
 * <p>Vendors round: open and close may lie outside low to high by 0.1 % of the price. The adjusted
 * close is held to no other price.
 */
public final class ConformBars implements Stage {
  /** Below any price that splits and dividends leave of an old one. */
  private static final double LEAST_PRICE = 1e-9;

  /** Above any price that reverse splits make of an old one. */
  private static final double MOST_PRICE = 1e12;

  private static final double MOST_SHARES = 1e15;
  private static final double LARGEST_RATIO = 1e6;

  /** How far open and close may lie outside low to high, as a fraction of the price. */
  private static final double ROUNDING = 1e-3;

  private static final int SATURDAY = 5;

  /** A calendar with fewer sessions in a month names exceptions; every month has more. */
  private static final int SESSIONS_OF_A_LISTED_MONTH = 10;

  private static final String NO_SESSION = "no_session_because";

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "bars",
          Tables.BARS.keys(),
          List.of(
              "open",
              "high",
              "low",
              "close",
              "adjusted_close",
              "volume",
              "split_ratio",
              "dividend"),
          Rules.inOrder(
              List.of(
                  Rules.missingDate("trade_date"),
                  Rules.invalidDate("trade_date"),
                  Rules.implausibleDate("trade_date"),
                  Rules.missing("close")),
              Rules.numbers(
                  "open",
                  "high",
                  "low",
                  "close",
                  "adjusted_close",
                  "volume",
                  "split_ratio",
                  "dividend"),
              Rules.within("price", "open", LEAST_PRICE, MOST_PRICE),
              Rules.within("price", "high", LEAST_PRICE, MOST_PRICE),
              Rules.within("price", "low", LEAST_PRICE, MOST_PRICE),
              Rules.within("price", "close", LEAST_PRICE, MOST_PRICE),
              Rules.within("price", "adjusted_close", LEAST_PRICE, MOST_PRICE),
              List.of(
                  highBelowLow(),
                  outsideLowToHigh("open"),
                  outsideLowToHigh("close"),
                  Rules.negative("volume", "volume"),
                  Rules.below("volume", "volume", MOST_SHARES),
                  Rules.negative("split-ratio", "split_ratio"),
                  Rules.below("split-ratio", "split_ratio", LARGEST_RATIO),
                  Rules.negative("dividend", "dividend"),
                  Rules.below("dividend", "dividend", MOST_PRICE)),
              ConformInstrumentLookup.rules(),
              List.of(
                  new Rule(
                      "not-a-trading-day",
                      col(NO_SESSION).isNotNull(),
                      format_string(
                          "trade_date %s is no trading day: %s",
                          col("trade_date").cast("string"), col(NO_SESSION))))));

  private static Rule highBelowLow() {
    return new Rule(
        "high-below-low",
        col("high").lt(col("low")),
        format_string(
            "high %s is below low %s; the high of a day is its highest price",
            Rules.shown("high"), Rules.shown("low")));
  }

  private static Rule outsideLowToHigh(String price) {
    Column slack = lit(1 + ROUNDING);
    return new Rule(
        "outside-high-low",
        col(price).gt(col("high").multiply(slack)).or(col(price).multiply(slack).lt(col("low"))),
        format_string(
            price + " %s is outside low %s to high %s by more than 0.1 %%",
            Rules.shown(price),
            Rules.shown("low"),
            Rules.shown("high")));
  }

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
    return List.of(ConformInput.table(Feed.BARS), Tables.INSTRUMENTS, Tables.CALENDAR);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of(
        "quality", configuration.quality(), "study.benchmark", configuration.study().benchmark());
  }

  @Override
  public TableSpec output() {
    return Tables.BARS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.BARS);
    Dataset<Row> typed =
        typed(input.rows(), context.read(Tables.INSTRUMENTS), context.read(Tables.CALENDAR));
    Dataset<Row> checked = withSessions(typed, context.configuration().study().benchmark());
    try (CheckedRows checked = CHECKS.check(checked)) {
      return ConformOutput.writeDays(context, checked, output(), named(checked.accepted()));
    }
  }

  private static Dataset<Row> named(Dataset<Row> accepted) {
    return accepted
        .withColumn("trade_year", year(col("trade_date")))
        // Vendors write 0 on days without a split.
        .withColumn("split_ratio", when(col("split_ratio").notEqual(0), col("split_ratio")))
        .withColumnRenamed("volume", "volume_shares")
        .withColumnRenamed("dividend", "dividend_ccy");
  }

  private static Dataset<Row> typed(
      Dataset<Row> rows, Dataset<Row> instruments, Dataset<Row> calendar) {
    Column id = Parse.text("instrument_id");
    Column ticker = Parse.text("ticker");
    Dataset<Row> typed =
        ConformInstrumentLookup.resolve(
                rows,
                instruments,
                coalesce(id, ticker),
                List.of(
                    coalesce(
                        ConformInstrumentLookup.byId(id), ConformInstrumentLookup.byTicker(ticker)),
                    when(id.isNull(), ConformInstrumentLookup.byVendorTicker(ticker))))
            .withColumn("trade_date", Parse.date("trade_date"))
            .withColumn("open", Parse.number("open"))
            .withColumn("high", Parse.number("high"))
            .withColumn("low", Parse.number("low"))
            .withColumn("close", Parse.number("close"))
            .withColumn("adjusted_close", Parse.number("adjusted_close"))
            .withColumn("volume", Parse.number("volume"))
            .withColumn("split_ratio", Parse.number("split_ratio"))
            .withColumn("dividend", Parse.number("dividend"));
    Dataset<Row> sessions =
        calendar.select(
            col("exchange").as("session_exchange"), col("trade_date").as("session_date"));
    WindowSpec ofExchange = Window.partitionBy("exchange");
    Dataset<Row> covered =
        calendar
            .withColumn("covered_first", min("trade_date").over(ofExchange))
            .withColumn("covered_last", max("trade_date").over(ofExchange))
            .groupBy(
                col("exchange").as("covered_exchange"),
                trunc(col("trade_date"), "month").as("covered_month"),
                col("covered_first"),
                col("covered_last"))
            .agg(count(lit(1)).as("covered_sessions"))
            .where(col("covered_sessions").geq(SESSIONS_OF_A_LISTED_MONTH))
            .drop("covered_sessions");
    return typed
        .join(
            broadcast(sessions),
            col("exchange")
                .equalTo(col("session_exchange"))
                .and(col("trade_date").equalTo(col("session_date"))),
            "left")
        .join(
            broadcast(covered),
            col("exchange")
                .equalTo(col("covered_exchange"))
                .and(trunc(col("trade_date"), "month").equalTo(col("covered_month")))
                .and(col("trade_date").between(col("covered_first"), col("covered_last"))),
            "left");
  }

  /** Adds why the bar's day is no trading day; NULL if it is one. */
  private static Dataset<Row> withSessions(Dataset<Row> typed, String benchmark) {
    Column byCalendar =
        when(
            col("covered_month").isNotNull().and(col("session_date").isNull()),
            format_string("the calendar of %s has no session on it", col("exchange")));
    Column byWeekEnd =
        when(
            col("covered_month").isNull().and(weekday(col("trade_date")).geq(SATURDAY)),
            lit("it is a week-end, and no calendar of the exchange lists its month"));
    Column isBenchmark = col("instrument_id").equalTo(benchmark);
    Dataset<Row> benchmarkBars =
        typed.where(
            isBenchmark
                .and(col("trade_date").isNotNull())
                .and(byCalendar.isNull())
                .and(byWeekEnd.isNull()));
    // Taken to the driver: left as a plan, all that types a bar would be computed once more for
    // each of the two joins.
    Dataset<Row> found =
        benchmarkBars
            .select(col("trade_date").as("benchmark_date"), col("currency").as("currency"))
            .distinct();
    Dataset<Row> bars = typed.sparkSession().createDataFrame(found.collectAsList(), found.schema());
    Dataset<Row> days = bars.select("benchmark_date").distinct();
    Dataset<Row> span =
        bars.agg(
            min("benchmark_date").as("benchmark_first"),
            max("benchmark_date").as("benchmark_last"),
            max("currency").as("benchmark_currency"));
    Column byBenchmark =
        when(
            col("covered_month")
                .isNull()
                .and(not(isBenchmark))
                .and(col("currency").equalTo(col("benchmark_currency")))
                .and(col("benchmark_date").isNull())
                .and(col("trade_date").gt(col("benchmark_first")))
                .and(col("trade_date").lt(col("benchmark_last"))),
            lit("the benchmark " + benchmark + " has no bar on it, but has before and after"));
    List<String> helpers =
        new ArrayList<>(
            List.of(
                "session_exchange",
                "session_date",
                "covered_exchange",
                "covered_month",
                "covered_first",
                "covered_last",
                "benchmark_date",
                "benchmark_first",
                "benchmark_last",
                "benchmark_currency"));
    return typed
        .join(broadcast(days), col("trade_date").equalTo(col("benchmark_date")), "left")
        .crossJoin(broadcast(span))
        .withColumn(NO_SESSION, coalesce(byCalendar, byWeekEnd, byBenchmark))
        .drop(helpers.toArray(String[]::new));
  }
}
