package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.bit_get;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.GatheredRows;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.stage.StageContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * How rows of the feed of bars become typed and checked. A defect in an optional column costs the
 * column and not the bar, and {@code data_flags} says so; {@link BarSeries} holds bars against one
 * another.
 *
 * <p>A bar must be of a trading day. Where silver.calendar lists the sessions of the exchange in
 * that month, they decide; a calendar of half days alone lists too few for that. Elsewhere no
 * exchange trades at a week-end, and an instrument in the benchmark's currency and time zone trades
 * on no day that the benchmark skips between its first and its last bar; other instruments keep
 * other holidays and need a calendar.
 *
 * <p>Vendors round: open and close may lie outside low to high by 0.1 % of the price. The adjusted
 * close is held to no other price. Where they lie further outside, high and low are left out.
 */
final class BarChecks {
  /** Below any price that splits and dividends leave of an old one. */
  private static final double LEAST_PRICE = 1e-9;

  /** Above any price that reverse splits make of an old one. */
  private static final double MOST_PRICE = 1e12;

  private static final double MOST_SHARES = 1e15;
  private static final double LARGEST_RATIO = 1e6;

  /** How far open and close may lie outside low to high, as a fraction of the price. */
  private static final double ROUNDING = 1e-3;

  /** A calendar with fewer sessions in a month names exceptions; every month has more. */
  private static final int SESSIONS_OF_A_LISTED_MONTH = 10;

  /** Counts of the times of a file that are of another time zone. */
  private static final String SHIFTED = "shifted_days";

  /** Fewer times say nothing of a time zone. */
  private static final int FEWEST_TIMES = 10;

  private static final String NO_SESSION = "no_session_because";

  /** Whether a calendar lists the sessions of the exchange in the row's month. */
  private static final String IS_LISTED = "month_is_listed";

  /** Whether the row's day is one of them; NULL where none are listed. */
  private static final String IS_SESSION = "day_is_session";

  private static final String[] OPTIONAL = {
    "open", "high", "low", "adjusted_close", "volume", "split_ratio", "dividend"
  };

  /** Whether the row's day is one on which its exchange never trades. */
  private static final String AT_WEEK_END = "day_is_at_week_end";

  /** Whether the row has a time in place of a day. */
  private static final String IS_TIME = "day_is_a_time";

  private static final String DELIVERED_DAY = DeliveredRows.forRules("trade_date");

  /** What is wrong with a row by itself. */
  private static final FeedChecks OWN =
      checks(
          Rules.inOrder(
              ConformInstrumentLookup.rules(),
              List.of(
                  Rules.missingDate("trade_date"),
                  Rules.invalidDate("trade_date"),
                  Rules.implausibleDate("trade_date"),
                  Rules.missingValue("close")),
              Rules.numbers("close"),
              Rules.within("price", "close", LEAST_PRICE, MOST_PRICE)));

  /** What other rows say against its day. */
  private static final FeedChecks OF_DAYS =
      checks(
          List.of(
              OtherPeriod.rule(),
              new Rule(
                  "days-shifted",
                  col(SHIFTED).isNotNull(),
                  format_string(
                      "trade_date is '%s'; of the file's %d times of the instrument %d are of a"
                          + " week-end at its exchange: they are in another time zone",
                      Rules.shown("trade_date"),
                      col(SHIFTED).getField("rows"),
                      col(SHIFTED).getField("at_week_ends"))),
              new Rule(
                  "not-a-trading-day",
                  col(NO_SESSION).isNotNull(),
                  format_string(
                      "trade_date %s is no trading day: %s",
                      col("trade_date").cast("string"), col(NO_SESSION)))));

  private static FeedChecks checks(List<Rule> rules) {
    return new FeedChecks(
        "bars",
        Tables.BARS.keys(),
        List.of(
            "open", "high", "low", "close", "adjusted_close", "volume", "split_ratio", "dividend"),
        // A session that is there twice with one close is one session.
        List.of("close"),
        rules);
  }

  /** The typed optional columns, those left out that are no such number, and what was left out. */
  private static Dataset<Row> withOptional(Dataset<Row> rows) {
    Map<String, Column> numbers = new TreeMap<>();
    Map<String, Column> typed = new TreeMap<>();
    List<Column> flags = new ArrayList<>();
    for (String column : OPTIONAL) {
      numbers.put(
          column, column.equals("split_ratio") ? Parse.ratio(column) : Parse.number(column));
      double least = isPrice(column) ? LEAST_PRICE : 0;
      double limit =
          switch (column) {
            case "volume" -> MOST_SHARES;
            case "split_ratio" -> LARGEST_RATIO;
            default -> MOST_PRICE;
          };
      Column good = col(column).geq(least).and(col(column).lt(limit));
      typed.put(column, when(good, col(column)));
      flags.add(
          when(
              coalesce(good, lit(false)).equalTo(false).and(Parse.value(column).isNotNull()),
              lit(column + "-left-out")));
    }
    flags.add(when(Subunits.mayBeIn(col("currency"), col("market")), lit("may-be-in-hundredths")));
    typed.put(BarSeries.FLAGS, concat_ws(", ", flags.toArray(Column[]::new)));
    Column slack = lit(1 + ROUNDING);
    Column outside =
        coalesce(
            col("high")
                .lt(col("low"))
                .or(col("close").gt(col("high").multiply(slack)))
                .or(col("close").multiply(slack).lt(col("low"))),
            lit(false));
    Column openOutside =
        coalesce(
            not(outside)
                .and(
                    col("open")
                        .gt(col("high").multiply(slack))
                        .or(col("open").multiply(slack).lt(col("low")))),
            lit(false));
    // One step after the other, so that each text is made a number once.
    Dataset<Row> left =
        rows.withColumns(numbers)
            .withColumns(typed)
            .withColumns(Map.of("bar_outside", outside, "bar_open_outside", openOutside));
    return left.withColumns(
            Map.of(
                BarSeries.FLAGS,
                nullif(
                    concat_ws(
                        ", ",
                        nullif(col(BarSeries.FLAGS), lit("")),
                        when(col("bar_outside"), lit("high-low-left-out")),
                        when(col("bar_open_outside"), lit("open-left-out"))),
                    lit("")),
                "open",
                when(not(col("bar_open_outside")), col("open")),
                "high",
                when(not(col("bar_outside")), col("high")),
                "low",
                when(not(col("bar_outside")), col("low"))))
        .drop("bar_outside", "bar_open_outside");
  }

  private static boolean isPrice(String column) {
    return Arrays.asList("open", "high", "low", "adjusted_close").contains(column);
  }

  private BarChecks() {}

  /**
   * Checks typed rows, and holds those that are accepted against one another.
   *
   * @param typed of whole files, or of all files of an instrument
   * @param days of the benchmark's market
   */
  static CheckedRows check(
      Dataset<Row> typed,
      BenchmarkDays days,
      String benchmark,
      UnaryOperator<Dataset<Row>> review) {
    return OF_DAYS.check(
        withFaultsOfDays(typed, days, benchmark),
        List.of("instrument_id"),
        rows -> review.apply(withoutDays(rows)));
  }

  /** The same for many rows, of all files. */
  static CheckedRows check(
      GatheredRows gathered,
      BenchmarkDays days,
      String benchmark,
      UnaryOperator<Dataset<Row>> review) {
    return OF_DAYS.check(
        gathered,
        withFaultsOfDays(gathered.rows(), days, benchmark),
        rows -> review.apply(withoutDays(rows)));
  }

  private static Dataset<Row> withFaultsOfDays(
      Dataset<Row> typed, BenchmarkDays days, String benchmark) {
    return withSessions(withFaultsOfFiles(typed), days, benchmark)
        .withColumn(DELIVERED_DAY, coalesce(col(DELIVERED_DAY), col("trade_date").cast("string")));
  }

  private static Dataset<Row> withoutDays(Dataset<Row> rows) {
    return rows.drop(SHIFTED, OtherPeriod.COLUMN, NO_SESSION, "exchange", "currency");
  }

  /** The accepted rows as silver.bars has them. */
  static Dataset<Row> named(Dataset<Row> accepted) {
    return accepted
        .withColumn("trade_year", year(col("trade_date")))
        // Vendors write 0 on days without a split.
        .withColumn("split_ratio", when(col("split_ratio").notEqual(0), col("split_ratio")))
        .withColumnRenamed("volume", "volume_shares")
        .withColumnRenamed("dividend", "dividend_ccy")
        .drop(BarSeries.YEAR);
  }

  /**
   * The rows with their instrument, their day and their numbers, marked where a row is wrong by
   * itself.
   *
   * @param rows in the shape of {@link io.dealimpact.quality.DeliveredVersions#rows}
   * @param wanted instruments whose rows are wanted; empty for all rows
   */
  static Dataset<Row> typed(StageContext context, Dataset<Row> rows, Set<String> wanted) {
    Dataset<Row> resolved =
        ConformInstrumentLookup.resolveManyByIdOrTicker(
            context, rows, Parse.session("trade_date", lit(Parse.NEW_YORK)), wanted);
    Dataset<Row> typed =
        withOptional(
            (wanted.isEmpty()
                    ? resolved
                    : resolved.where(col("instrument_id").isin(wanted.toArray())))
                .withColumns(
                    Map.of(
                        "trade_date", ConformExchange.session("trade_date"),
                        "close", Parse.number("close"),
                        "price_basis", Parse.text("price_basis"))));
    Dataset<Row> days =
        typed
            .join(
                broadcast(context.derived(Tables.CALENDAR, "months", BarChecks::months)),
                col(ConformExchange.MARKET)
                    .equalTo(col("listed_market"))
                    .and(trunc(col("trade_date"), "month").equalTo(col("listed_month"))),
                "left")
            .withColumns(
                Map.of(
                    IS_LISTED,
                    coalesce(
                        col("trade_date").between(col("listed_first"), col("listed_last")),
                        lit(false)),
                    IS_SESSION,
                    bit_get(col("listed_days"), dayofmonth(col("trade_date"))).equalTo(1),
                    AT_WEEK_END,
                    ConformExchange.isWeekEnd(col("trade_date")),
                    IS_TIME,
                    Parse.isInstant("trade_date"),
                    BarSeries.DAY,
                    unix_date(col("trade_date"))));
    return withoutTexts(OWN.marked(days));
  }

  /** The rows without what was needed to type them. A day is kept as it was written if not so. */
  private static Dataset<Row> withoutTexts(Dataset<Row> marked) {
    Column written = nullif(col(DELIVERED_DAY), col("trade_date").cast("string"));
    Stream<String> texts =
        Stream.of(marked.columns())
            .filter(DeliveredRows::isForRules)
            .filter(column -> !column.equals(DELIVERED_DAY));
    Stream<String> ofExchange =
        Stream.of(
            ConformExchange.MARKET,
            ConformExchange.DAYS_OFF,
            "listed_market",
            "listed_month",
            "listed_first",
            "listed_last",
            "listed_days");
    return marked
        .withColumn(DELIVERED_DAY, written)
        .drop(Stream.concat(texts, ofExchange).toArray(String[]::new));
  }

  /**
   * The months of an exchange whose sessions the calendar lists: listed_market, listed_month (its
   * first day), listed_days (bit n is the n-th of the month), and the exchange's listed_first and
   * listed_last session of all months.
   */
  private static Dataset<Row> months(Dataset<Row> calendar) {
    WindowSpec ofExchange = Window.partitionBy("listed_market");
    Dataset<Row> months =
        calendar
            .select(
                ConformExchange.codeOf(col("exchange")).as("listed_market"),
                col("trade_date").as("session_date"))
            .distinct()
            .groupBy(col("listed_market"), trunc(col("session_date"), "month").as("listed_month"))
            .agg(
                sum(pow(lit(2), dayofmonth(col("session_date")))).cast("long").as("listed_days"),
                count(lit(1)).as("sessions"),
                min("session_date").as("first"),
                max("session_date").as("last"))
            .withColumn("listed_first", min("first").over(ofExchange))
            .withColumn("listed_last", max("last").over(ofExchange))
            .where(col("sessions").geq(SESSIONS_OF_A_LISTED_MONTH))
            .drop("sessions", "first", "last");
    // Taken to the driver: few rows, which as a plan would be computed once more for each use.
    return calendar.sparkSession().createDataFrame(months.collectAsList(), months.schema());
  }

  /** A flat bar without volume is of no session; a vendor fills holidays so. */
  private static Column isFlat() {
    return coalesce(
        col("volume")
            .equalTo(0)
            .and(col("high").equalTo(col("low")))
            .and(col("high").equalTo(col("close"))),
        lit(false));
  }

  /**
   * Adds what is wrong with the days of an instrument in a file: they are of weeks or months, or
   * the times are of another time zone than the exchange's. A bar of Monday that is stamped with
   * midnight further east is one of Sunday here, and one of Friday is never seen.
   */
  private static Dataset<Row> withFaultsOfFiles(Dataset<Row> typed) {
    // Counted and not filtered: a filter would type each row once more.
    Column isTime = col(IS_TIME).and(col("trade_date").isNotNull());
    Column atWeekEnd = when(isTime.and(col(AT_WEEK_END)), 1L).otherwise(0L);
    Dataset<Row> ofFiles =
        typed
            .groupBy(
                col(DeliveredRows.FILE_RANK).as("found_file"), col("instrument_id").as("found_of"))
            .agg(
                struct(count(when(isTime, 1)).as("rows"), sum(atWeekEnd).as("at_week_ends"))
                    .as("times"),
                OtherPeriod.of(aggregate -> aggregate).as(OtherPeriod.COLUMN));
    Column times = col("times");
    Column isShifted =
        times
            .getField("rows")
            .geq(FEWEST_TIMES)
            .and(times.getField("at_week_ends").multiply(10).geq(times.getField("rows")));
    Dataset<Row> found =
        ofFiles
            .withColumn(SHIFTED, when(isShifted, times))
            .drop("times")
            .where(col(SHIFTED).isNotNull().or(col(OtherPeriod.COLUMN).isNotNull()));
    // Taken to the driver: few files if any, and else all bars would be typed once more.
    Dataset<Row> kept = typed.sparkSession().createDataFrame(found.collectAsList(), found.schema());
    return typed
        .join(
            broadcast(kept),
            col(DeliveredRows.FILE_RANK)
                .equalTo(col("found_file"))
                .and(col("instrument_id").equalTo(col("found_of"))),
            "left")
        .withColumn(SHIFTED, when(col(IS_TIME), col(SHIFTED)))
        .drop("found_file", "found_of");
  }

  /** Why the calendar has no session on the day of the row; NULL if it does not say so. */
  private static Column byCalendar() {
    return when(
        col(IS_LISTED).and(not(col(IS_SESSION))),
        format_string("the calendar of %s has no session on it", col("exchange")));
  }

  private static Column byWeekEnd() {
    return when(
        not(col(IS_LISTED)).and(col(AT_WEEK_END)),
        lit("it is a week-end, and no calendar of the exchange lists its month"));
  }

  /**
   * What the trading days of the benchmark's market are told from, in the shape of
   * silver.market_days.
   *
   * @param typed in any part: the closes and the counts of parts add up
   */
  static Dataset<Row> marketDays(Dataset<Row> typed, String benchmark) {
    Column isBenchmark = col("instrument_id").equalTo(benchmark);
    Column isOfBenchmark =
        isBenchmark
            .and(col("close").isNotNull())
            .and(not(isFlat()))
            .and(byCalendar().isNull())
            .and(byWeekEnd().isNull());
    Column traded =
        not(isBenchmark)
            .and(col("close").isNotNull())
            .and(coalesce(col("volume").gt(0), lit(false)))
            .and(byWeekEnd().isNull());
    return typed
        .where(col("instrument_id").isNotNull().and(col("trade_date").isNotNull()))
        .groupBy(col("trade_date"), col("currency"), col(ConformExchange.ZONE).as("zone"))
        .agg(
            max(when(isOfBenchmark, col("close"))).as("benchmark_close"),
            count(lit(1)).as("delivered"),
            count(when(traded, 1)).as("traded"));
  }

  /** Adds why the bar's day is no trading day; NULL if it is one. */
  private static Dataset<Row> withSessions(
      Dataset<Row> typed, BenchmarkDays days, String benchmark) {
    Dataset<Row> known = days.dates(typed.sparkSession(), "benchmark_date");
    Column byBenchmark =
        days.span()
            .map(
                span ->
                    when(
                        not(col(IS_LISTED))
                            .and(not(col("instrument_id").equalTo(benchmark)))
                            .and(col("currency").equalTo(span.currency()))
                            .and(col(ConformExchange.ZONE).equalTo(span.zone()))
                            .and(col("benchmark_date").isNull())
                            .and(col("trade_date").gt(lit(span.first().toString()).cast("date")))
                            .and(col("trade_date").lt(lit(span.last().toString()).cast("date"))),
                        lit(
                            "the benchmark "
                                + benchmark
                                + " has no bar on it, but has before and after")))
            .orElse(lit(null).cast("string"));
    return typed
        .join(broadcast(known), col("trade_date").equalTo(col("benchmark_date")), "left")
        .withColumn(NO_SESSION, coalesce(byCalendar(), byWeekEnd(), byBenchmark))
        .drop(ConformExchange.ZONE, IS_LISTED, IS_SESSION, AT_WEEK_END, IS_TIME, "benchmark_date");
  }
}
