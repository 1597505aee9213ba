package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

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
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Counts of shares on the split basis of the prices: a count of a day before a split is multiplied
 * by the ratios of all splits after that day, as the prices are divided by them. A split after the
 * instrument's last bar is announced and has not happened: no price is divided by it, and no count
 * is multiplied.
 */
public final class ConformShares implements Stage {
  private static final double FEWEST_SHARES = 1;
  private static final double MOST_SHARES = 1e13;

  /** What the count is of: an instrument, or the company of several. */
  private static final String OWNER = "owner";

  private static final String OWNERS = "owners";

  /** Median of the shares traded on a day about the day of the count, on its split basis. */
  private static final String VOLUME = "usual_volume";

  private static final String MOST_BEFORE = "most_before";

  /** Days before and after the count's that its volume is looked at. */
  private static final int VOLUME_DAYS = 45;

  /** Days from the filing of a count to the day it is of: an issue or a split to come. */
  private static final int MOST_DAYS_AHEAD = 92;

  /** Usual days' volumes that make up all shares of a company that trades seldom. */
  private static final double MOST_DAYS_OF_VOLUME = 20_000;

  /** A count this many times the one before it, or a fraction of it, is worth a look. */
  private static final double JUMP = 1.8;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "shares",
          List.of(OWNER, "effective_date", "known_date", "share_class"),
          // Where a count was read does not make it another count.
          List.of("shares"),
          Rules.inOrder(
              ConformInstrumentLookup.rulesOfCompanies(),
              List.of(
                  Rules.missingDate("effective_date"),
                  Rules.invalidDate("effective_date"),
                  Rules.implausibleDate("effective_date"),
                  Rules.invalidDate("known_date", Parse.date("known_date")),
                  Rules.implausibleDate("known_date"),
                  Rules.missingValue("shares")),
              List.of(
                  new Rule(
                      "effective-after-known",
                      col("effective_date").gt(date_add(col("known_date"), MOST_DAYS_AHEAD)),
                      format_string(
                          "effective_date %s is more than %d days after the count was filed, %s; a"
                              + " company counts its shares before it says so",
                          Rules.shown("effective_date"),
                          lit(MOST_DAYS_AHEAD),
                          col("known_date").cast("string")))),
              Rules.numbers("shares"),
              Rules.within("shares", "shares", FEWEST_SHARES, MOST_SHARES),
              List.of(
                  new Rule(
                      "shares-below-volume",
                      col("shares").lt(col(VOLUME)),
                      format_string(
                          "shares are '%s', and on a usual day about that time %.0f are traded; is"
                              + " the count in thousands, or a placeholder?",
                          Rules.shown("shares"), col(VOLUME))),
                  new Rule(
                      "shares-in-thousands",
                      isThousandth(col("shares"), col(MOST_BEFORE)),
                      format_string(
                          "shares are '%s', about a thousandth or a millionth of the %.0f of an"
                              + " earlier day; is the count in thousands?",
                          Rules.shown("shares"), col(MOST_BEFORE))),
                  new Rule(
                      "shares-times-thousand",
                      isThousandth(col(MOST_BEFORE), col("shares"))
                          .and(col("shares").gt(col(VOLUME).multiply(MOST_DAYS_OF_VOLUME))),
                      format_string(
                          "shares are '%s', about a thousand or a million times the %.0f of an"
                              + " earlier day, and on a usual day about that time %.0f are traded",
                          Rules.shown("shares"), col(MOST_BEFORE), col(VOLUME))))));

  /** Whether a count is another one in thousands or in millions, give or take half of it. */
  private static Column isThousandth(Column count, Column before) {
    Column thousands = try_divide(before, count);
    Column millions = try_divide(before, count.multiply(1000));
    return coalesce(thousands.between(667, 1500).or(millions.between(667, 1500)), lit(false));
  }

  /** The largest count of the same owner and class of an earlier day. */
  private static Column mostBefore() {
    WindowSpec earlier =
        Window.partitionBy(OWNER, "share_class")
            .orderBy(unix_date(col("effective_date")))
            .rangeBetween(Window.unboundedPreceding(), -1);
    return when(
        col(OWNER).isNotNull().and(col("effective_date").isNotNull()),
        max(when(col("shares").lt(MOST_SHARES), col("shares"))).over(earlier));
  }

  @Override
  public String name() {
    return "conform-shares";
  }

  @Override
  public String summary() {
    return "counts of shares on the prices' split basis, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.SHARES), Tables.INSTRUMENTS, Tables.SPLITS, Tables.BARS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.SHARES));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.SHARES_OUTSTANDING;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.SHARES);
    Dataset<Row> instruments = context.read(Tables.INSTRUMENTS);
    Dataset<Row> bars = context.read(Tables.BARS);
    Dataset<Row> splits = splits(context.read(Tables.SPLITS), bars);
    Dataset<Row> typed =
        resolve(context, input.rows())
            .withColumn("effective_date", Parse.date("effective_date"))
            .withColumn("known_date", coalesce(Parse.date("known_date"), col("effective_date")))
            .withColumn("share_class", coalesce(Parse.upperText("share_class"), lit("")))
            .withColumn("shares", Parse.number("shares"))
            .withColumn("source", Parse.text("source"));
    try (CheckedRows checked =
        CHECKS.check(withVolume(typed.withColumn(MOST_BEFORE, mostBefore()), bars, splits))) {
      return ConformOutput.writeWhole(
          context,
          checked,
          output(),
          onSplitBasis(ofInstruments(checked.accepted(), instruments), splits));
    }
  }

  /**
   * By id if given; else by the SEC's key, the company's name, the ticker in the file's name. A key
   * or a name may be that of several listings of a company.
   */
  private static Dataset<Row> resolve(StageContext context, Dataset<Row> rows) {
    Column id = Parse.text("instrument_id");
    Column ticker = when(id.isNull(), Parse.text("ticker"));
    Column cik = when(ticker.isNull(), Parse.cik("cik"));
    Column name = Parse.text("entity_name");
    return ConformInstrumentLookup.resolve(
            context,
            rows,
            coalesce(id, ticker, Parse.text("cik"), name),
            List.of(
                coalesce(
                    ConformInstrumentLookup.byId(id),
                    ConformInstrumentLookup.byTicker(ticker),
                    ConformInstrumentLookup.byCik(cik)),
                when(id.isNull(), ConformInstrumentLookup.byName(name)),
                when(
                    id.isNull().and(coalesce(Parse.text("cik"), name).isNotNull()),
                    ConformInstrumentLookup.byTicker(Parse.fileStem()))),
            Parse.date("effective_date"))
        .withColumn(OWNERS, ConformInstrumentLookup.candidates())
        .withColumn(OWNER, array_join(col(OWNERS), "+"));
  }

  /** Adds the usual volume about the day of each count, as it was before later splits. */
  private static Dataset<Row> withVolume(
      Dataset<Row> typed, Dataset<Row> bars, Dataset<Row> splits) {
    Dataset<Row> days =
        typed
            .select(col(OWNERS).getItem(0).as("instrument_id"), col("effective_date"))
            .where(col("instrument_id").isNotNull().and(col("effective_date").isNotNull()))
            .distinct();
    Dataset<Row> volumes =
        bars.select(
                col("instrument_id"),
                col("trade_date"),
                when(col("volume_shares").gt(0), col("volume_shares")).as("volume"))
            .join(broadcast(days), "instrument_id")
            .where(
                col("trade_date")
                    .between(
                        date_sub(col("effective_date"), VOLUME_DAYS),
                        date_add(col("effective_date"), VOLUME_DAYS)))
            .groupBy("instrument_id", "effective_date")
            .agg(percentile_approx(col("volume"), lit(0.5), lit(10_000)).as("median"));
    Dataset<Row> usual =
        volumes
            .join(splits, "instrument_id", "left")
            .select(
                col("instrument_id").as("volume_of"),
                col("effective_date").as("volume_day"),
                try_divide(col("median"), splitFactor()).as(VOLUME));
    return typed
        .join(
            broadcast(usual),
            col(OWNERS)
                .getItem(0)
                .equalTo(col("volume_of"))
                .and(col("effective_date").equalTo(col("volume_day"))),
            "left")
        .drop("volume_of", "volume_day");
  }

  /**
   * The counts of instruments: one of a company is that of each of its listings, unless a listing
   * has a count of its own for the day. Classes are summed.
   */
  private static Dataset<Row> ofInstruments(Dataset<Row> counts, Dataset<Row> instruments) {
    Column isCompany = size(col(OWNERS)).gt(1);
    WindowSpec ofListing = Window.partitionBy("instrument_id", "effective_date", "known_date");
    return counts
        .withColumn("is_company", isCompany)
        .withColumn("instrument_id", explode(col(OWNERS)))
        .withColumn("has_own", min("is_company").over(ofListing).equalTo(false))
        .where(not(col("is_company").and(col("has_own"))))
        .groupBy("instrument_id", "effective_date", "known_date")
        .agg(
            sum("shares").as("shares"),
            max("source").as("source"),
            max(when(col("is_company"), lit("company-shares"))).as("data_flags"))
        .join(broadcast(instruments.select("instrument_id", "shares_per_unit")), "instrument_id")
        .withColumn("shares", try_divide(col("shares"), coalesce(col("shares_per_unit"), lit(1.0))))
        .drop("shares_per_unit");
  }

  /**
   * The splits that the prices know of, of each instrument in an array: one after its last bar is
   * announced and has not happened.
   */
  private static Dataset<Row> splits(Dataset<Row> splits, Dataset<Row> bars) {
    Dataset<Row> last = bars.groupBy("instrument_id").agg(max("trade_date").as("last_bar"));
    return splits
        .join(last, "instrument_id", "left")
        .crossJoin(broadcast(bars.agg(max("trade_date").as("last_of_all"))))
        .where(col("effective_date").leq(coalesce(col("last_bar"), col("last_of_all"))))
        .groupBy("instrument_id")
        .agg(
            sort_array(collect_list(struct(col("effective_date").as("day"), col("ratio"))))
                .as("splits"));
  }

  private static Column splitFactor() {
    return coalesce(
        expr(
            "aggregate(filter(splits, s -> s.day > effective_date), 1D,"
                + " (product, s) -> product * s.ratio)"),
        lit(1.0));
  }

  private static Dataset<Row> onSplitBasis(Dataset<Row> counts, Dataset<Row> splits) {
    return counts
        .withColumnRenamed("shares", "shares_reported")
        .join(splits, "instrument_id", "left")
        .withColumn("split_factor", splitFactor())
        .withColumn("shares", col("shares_reported").multiply(col("split_factor")))
        .withColumn(
            "data_flags",
            nullif(
                concat_ws(
                    ", ",
                    col("data_flags"),
                    when(jumps(lag("shares", 1)).or(jumps(lead("shares", 1))), lit("shares-jump"))),
                lit("")));
  }

  /**
   * Whether the count is far from the one before or after it, on one split basis: a split is
   * missing from splits/, or the count is of something else.
   */
  private static Column jumps(Column other) {
    WindowSpec ofInstrument =
        Window.partitionBy("instrument_id").orderBy("effective_date", "known_date");
    return coalesce(
        not(try_divide(col("shares"), other.over(ofInstrument)).between(1 / JUMP, JUMP)),
        lit(false));
  }
}
