package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.log10;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Holds each bar against the others of its instrument.
 *
 * <ol>
 *   <li>A bar without volume whose prices are all equal is of a day without trade ({@code
 *       no-trade}), if the instrument's bars have volumes.
 *   <li>A bar whose close is {@value #JUMP} times that of the bar before, or a fraction of it, and
 *       that the next bar does not follow, is refused ({@code price-jump}). So is the last bar,
 *       until another one confirms it.
 *   <li>Where the level of the prices changes for good by 10, 100 or 1000, or by a split that the
 *       prices do not know of, the earlier prices are brought to the later level ({@code
 *       level-changed}). Any other such change is flagged ({@code price-jump}).
 *   <li>A close that leaves its neighbours by {@value #SPIKE_MOVES} times the usual move of a day
 *       and by {@value #LEAST_SPIKE_PERCENT} % at least, the market's own move apart, and comes
 *       back the next day, is flagged ({@code price-spike}).
 *   <li>A close that is {@value #LARGE} times the one before it or a fraction of it, the market's
 *       move apart, and stays there, is flagged ({@code price-jump}): an unapplied split that nobody
 *       delivered, another company, or the news of the day.
 *   <li>{@value #STALE_DAYS} equal closes one after the other are flagged ({@code stale}).
 *   <li>Closes that are adjusted for dividends (Yahoo's {@code history()}) are brought back to what
 *       was paid, with the dividends of the file ({@code close-from-dividends}). Where the file has
 *       none they stay, flagged ({@code close-may-be-adjusted}).
 *   <li>An adjusted close whose ratio to the close changes from one day to the next by more than
 *       the day's dividend explains is flagged ({@code adjusted-close-differs}); where no dividends
 *       are delivered, one that falls against the close.
 * </ol>
 */
final class BarSeries {
  static final String FLAGS = "data_flags";

  /** The benchmark's close of the row's day; NULL where it has none. */
  static final String MARKET = "benchmark_close";

  private static final int SPIKE_MOVES = 12;
  private static final int LEAST_SPIKE_PERCENT = 8;

  /** Fewer moves say nothing of what is usual. */
  private static final int FEWEST_MOVES = 10;

  /** How much of a spike may be left after the day on which it comes back. */
  private static final double LEFT_OF_SPIKE = 0.15;

  /** How far an adjusted close may be from what the dividend makes of it, a fraction. */
  private static final double ADJUSTED_SLACK = 0.02;

  /** Moves of a day that no share makes: those of a few would be refused too, until confirmed. */
  private static final int JUMP = 8;

  /** Moves of a day that are worth a look. */
  private static final double LARGE = 1.8;

  /** How far a jump may be from a power of ten or a split, as a factor: the day's own move. */
  private static final double OWN_MOVE = 1.3;

  /** Splits below it cannot be told from a day's move. */
  private static final double LEAST_SPLIT = 1.9;

  private static final int STALE_DAYS = 15;

  private static final String[] PRICES = {"open", "high", "low", "close", "adjusted_close"};

  private BarSeries() {}

  /**
   * Reviews the rows that are accepted so far.
   *
   * @param splits instrument_id, effective_date, ratio
   */
  static Dataset<Row> review(Dataset<Row> rows, Dataset<Row> splits) {
    return alongLevels(levels(jumps(noTrade(fromDividends(rows))), splits))
        .drop("bar_counts", "bar_before", "bar_after", "bar_level", "bar_factor", MARKET);
  }

  private static WindowSpec ofInstrument() {
    return Window.partitionBy(col("instrument_id"), counts());
  }

  private static WindowSpec byDay() {
    return ofInstrument().orderBy("trade_date");
  }

  /** Whether a row is a bar among the others. */
  private static Column counts() {
    return FeedChecks.isAccepted().and(col(FeedChecks.REFUSED).isNull());
  }

  private static Dataset<Row> refuse(Dataset<Row> rows, Column when, String rule, Column message) {
    return rows.withColumn(
        FeedChecks.REFUSED,
        coalesce(
            col(FeedChecks.REFUSED), when(counts().and(when), FeedChecks.problem(rule, message))));
  }

  private static Dataset<Row> flag(Dataset<Row> rows, Column when, Column flag) {
    return rows.withColumn(
        FLAGS, nullif(concat_ws(", ", col(FLAGS), when(counts().and(when), flag)), lit("")));
  }

  private static Dataset<Row> noTrade(Dataset<Row> rows) {
    Column traded = when(col("volume").gt(0), 1.0).when(col("volume").equalTo(0), 0.0);
    Column flat =
        col("volume")
            .equalTo(0)
            .and(col("high").equalTo(col("low")))
            .and(col("high").equalTo(col("close")));
    return refuse(
        rows.withColumn("bar_level", avg(traded).over(ofInstrument())),
        flat.and(col("bar_level").gt(0.5)),
        CheckedRows.NO_TRADE,
        lit("volume is 0 and all prices are equal: there was no trade on that day"));
  }

  private static Dataset<Row> jumps(Dataset<Row> rows) {
    Column before = col("bar_before");
    Column after = col("bar_after");
    Dataset<Row> beside =
        rows.withColumn("bar_before", lag("close", 1).over(byDay()))
            .withColumn("bar_after", lead("close", 1).over(byDay()));
    Column alone =
        isJump(before, col("close"))
            .and(after.isNull().or(isJump(col("close"), after).and(not(isJump(before, after)))));
    return refuse(
        beside,
        coalesce(alone, lit(false)),
        "price-jump",
        format_string(
            "close is %s, after %s and before %s; a day of another unit, or not a price of the"
                + " instrument",
            col("close"), before, coalesce(after.cast("string"), lit("no other bar"))));
  }

  private static Column isJump(Column from, Column to) {
    return to.geq(from.multiply(JUMP)).or(to.multiply(JUMP).leq(from));
  }

  /** Brings the prices before a change of level to the level after it. */
  private static Dataset<Row> levels(Dataset<Row> rows, Dataset<Row> splits) {
    Dataset<Row> known =
        splits.select(
            col("instrument_id").as("split_of"),
            col("effective_date").as("split_day"),
            col("ratio").as("split_given"));
    Column ratio = try_divide(col("close"), col("bar_before"));
    Column tens = rint(log10(ratio));
    Column split = coalesce(nullif(col("split_ratio"), lit(0.0)), col("split_given"));
    Column unapplied =
        split
            .geq(LEAST_SPLIT)
            .or(split.leq(1 / LEAST_SPLIT))
            .and(ratio.multiply(split).between(1 / OWN_MOVE, OWN_MOVE));
    Column unit =
        isJump(col("bar_before"), col("close"))
            .and(try_divide(ratio, pow(lit(10.0), tens)).between(1 / OWN_MOVE, OWN_MOVE));
    Dataset<Row> found =
        rows.join(
                broadcast(known),
                col("instrument_id")
                    .equalTo(col("split_of"))
                    .and(col("trade_date").equalTo(col("split_day"))),
                "left")
            .withColumn("bar_before", lag("close", 1).over(byDay()))
            .withColumn(
                "bar_level",
                when(unapplied, try_divide(lit(1.0), split)).when(unit, pow(lit(10.0), tens)))
            .withColumn("bar_split", when(unapplied, split))
            // A vendor may leave the close as it was and bring the adjusted close to one level.
            .withColumn(
                "bar_adjusted_level",
                when(
                    coalesce(
                        try_divide(
                                try_divide(
                                    col("adjusted_close"), lag("adjusted_close", 1).over(byDay())),
                                ratio)
                            .between(1 / OWN_MOVE, OWN_MOVE),
                        lit(true)),
                    col("bar_level")));
    WindowSpec later = byDay().rowsBetween(1, Window.unboundedFollowing());
    // A product of few factors, in the order of their days.
    Dataset<Row> levelled =
        found
            .withColumn("bar_levels", collect_list(col("bar_level")).over(later))
            .withColumn("bar_splits", collect_list(col("bar_split")).over(later))
            .withColumn("bar_adjusted_levels", collect_list(col("bar_adjusted_level")).over(later))
            .withColumn("bar_factor", product("bar_levels"))
            .withColumn("bar_adjusted_factor", product("bar_adjusted_levels"));
    Column change = col("bar_level");
    Dataset<Row> flagged =
        flag(
            levelled,
            change
                .isNotNull()
                .or(isJump(col("bar_before"), col("close")))
                .or(col("bar_factor").notEqual(1)),
            when(
                    change.isNotNull(),
                    format_string("level-changed by %s", round(change, 6).cast("string")))
                .when(isJump(col("bar_before"), col("close")), lit("price-jump"))
                .otherwise(lit("level-changed")));
    Map<String, Column> prices = new TreeMap<>();
    for (String price : PRICES) {
      prices.put(
          price,
          scaled(price, price.equals("adjusted_close") ? "bar_adjusted_factor" : "bar_factor"));
    }
    return flagged
        .withColumns(prices)
        // Volumes are in shares, whatever the unit of the price.
        .withColumn(
            "volume",
            when(
                    counts().and(size(col("bar_splits")).gt(0)),
                    col("volume").multiply(product("bar_splits")))
                .otherwise(col("volume")))
        .drop(
            "bar_levels",
            "bar_split",
            "bar_splits",
            "bar_adjusted_level",
            "bar_adjusted_levels",
            "bar_adjusted_factor",
            "split_of",
            "split_day",
            "split_given");
  }

  private static Column product(String factors) {
    return expr("aggregate(" + factors + ", 1D, (product, factor) -> product * factor)");
  }

  private static Column scaled(String price, String factor) {
    return when(counts().and(col(factor).notEqual(1)), col(price).multiply(col(factor)))
        .otherwise(col(price));
  }

  /** What is flagged of prices that are of one level. */
  private static Dataset<Row> alongLevels(Dataset<Row> rows) {
    WindowSpec lately = byDay().rowsBetween(-(STALE_DAYS - 1L), Window.currentRow());
    Column same =
        min("close")
            .over(lately)
            .equalTo(max("close").over(lately))
            .and(count(lit(1)).over(lately).equalTo(STALE_DAYS));
    Column ratio = try_divide(col("adjusted_close"), col("close"));
    Column change = try_divide(ratio, lag(ratio, 1).over(byDay()));
    // A dividend D lowers what was adjusted before it by the factor 1 - D / close of the day
    // before.
    Column explained =
        lit(1.0)
            .minus(try_divide(coalesce(col("dividend"), lit(0.0)), lag("close", 1).over(byDay())));
    Column differs =
        when(
                max("dividend").over(ofInstrument()).gt(0),
                abs(change.multiply(explained).minus(lit(1.0))).gt(ADJUSTED_SLACK))
            .otherwise(change.lt(1 - ADJUSTED_SLACK));
    Dataset<Row> moves =
        rows.withColumns(
            Map.of(
                "bar_counts",
                same,
                "bar_adjusted_differs",
                differs,
                "bar_move",
                move(lag("close", 1).over(byDay()), col("close"))
                    .minus(market(lag(MARKET, 1).over(byDay()), col(MARKET))),
                "bar_move_after",
                move(col("close"), lead("close", 1).over(byDay()))
                    .minus(market(col(MARKET), lead(MARKET, 1).over(byDay())))));
    Column move = abs(col("bar_move"));
    Column usual = percentile_approx(move, lit(0.5), lit(1000)).over(ofInstrument());
    Column spike =
        move.geq(Math.log(1 + LEAST_SPIKE_PERCENT / 100.0))
            .and(count(move).over(ofInstrument()).geq(FEWEST_MOVES))
            .and(usual.gt(0))
            .and(move.geq(usual.multiply(SPIKE_MOVES)))
            .and(
                abs(col("bar_move").plus(col("bar_move_after"))).leq(move.multiply(LEFT_OF_SPIKE)));
    Column large =
        move.geq(Math.log(LARGE))
            .and(not(coalesce(col("bar_spike"), lit(false))))
            .and(not(isJump(lag("close", 1).over(byDay()), col("close"))));
    Column flags =
        concat_ws(
            ", ",
            when(col("bar_counts"), lit("stale")),
            when(col("bar_spike"), lit("price-spike")),
            when(col("bar_large"), lit("price-jump")),
            when(col("bar_adjusted_differs"), lit("adjusted-close-differs")));
    Dataset<Row> found = moves.withColumn("bar_spike", spike).withColumn("bar_large", large);
    return flag(found, flags.notEqual(""), flags)
        .drop("bar_spike", "bar_large", "bar_adjusted_differs", "bar_move", "bar_move_after");
  }

  private static Column move(Column from, Column to) {
    return ln(try_divide(to, from));
  }

  /** The market's move; 0 where it is not known. */
  private static Column market(Column from, Column to) {
    return coalesce(move(from, to), lit(0.0));
  }

  /**
   * The closes that holders saw, of closes that are adjusted for dividends: with F of the last day
   * 1 and D the dividend of an ex-day, F of the day before it is F / (1 + F D / adjusted close of
   * the day before), and the close is the adjusted close / F.
   */
  private static Dataset<Row> fromDividends(Dataset<Row> rows) {
    Column paid =
        when(
            counts()
                .and(col("price_basis").isNotNull())
                .and(col("dividend").gt(0))
                .and(col("bar_before").gt(0)),
            struct(
                col("trade_date").as("day"),
                col("dividend").as("dividend"),
                col("bar_before").as("adjusted")));
    Dataset<Row> factors =
        rows.withColumn("bar_before", lag("close", 1).over(byDay()))
            .withColumn("bar_dividends", sort_array(collect_list(paid).over(ofInstrument()), false))
            .withColumn(
                "bar_has_dividends", count(when(counts(), col("dividend"))).over(ofInstrument()).gt(0))
            .withColumn(
                "bar_factor",
                when(
                    col("price_basis").isNotNull(),
                    expr(
                        "aggregate(filter(bar_dividends, d -> d.day > trade_date), 1D,"
                            + " (f, d) -> f / (1 + f * d.dividend / d.adjusted))")));
    Column adjusted = counts().and(col("bar_factor").isNotNull());
    Dataset<Row> restored =
        factors.withColumn(
            "adjusted_close",
            when(adjusted, coalesce(col("adjusted_close"), col("close")))
                .otherwise(col("adjusted_close")));
    restored =
        flag(
            restored,
            col("bar_factor").isNotNull().and(col("bar_factor").notEqual(1)),
            lit("close-from-dividends"));
    restored =
        flag(
            restored,
            col("price_basis").isNotNull().and(not(col("bar_has_dividends"))),
            lit("close-may-be-adjusted"));
    Map<String, Column> prices = new TreeMap<>();
    for (String price : List.of("open", "high", "low", "close")) {
      prices.put(
          price, when(adjusted, try_divide(col(price), col("bar_factor"))).otherwise(col(price)));
    }
    return restored.withColumns(prices).drop("bar_dividends", "bar_has_dividends", "bar_factor", "bar_before");
  }
}
