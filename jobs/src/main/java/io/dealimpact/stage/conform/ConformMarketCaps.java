package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log10;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.row.RowReader;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructType;

/**
 * Market values: a vendor's where one is given, else shares known that day times the close. The
 * count known on a day is the one of the latest effective day among those filed on or before it,
 * and of several of that day the one filed last. Values become USD at the latest rate of at most
 * seven days before.
 */
public final class ConformMarketCaps implements Stage {
  private static final double LEAST_CAP = 1e3;
  private static final double HUGE = 1e18;

  /** Shares times close of the row's instrument and day. */
  private static final String EXPECTED = "expected_cap";

  /** Median of what is traded on a day of the year, shares times close. */
  private static final String TRADED = "usual_traded";

  /** Median close of the year. */
  private static final String USUAL_CLOSE = "usual_close";

  /** No company that is listed has fewer. */
  private static final double FEWEST_SHARES = 5_000;

  /** How far a factor of a hundred may be from it, as a factor. */
  private static final double NEARLY = 1.3;

  /** Oldest exchange rate that is used, days. */
  private static final int RATE_AGE_DAYS = 7;

  /** Oldest count of shares that is used, days: two years. A company counts them each quarter. */
  private static final int COUNT_AGE_DAYS = 731;

  /** Differences between the vendor and shares x close above this fraction are reported. */
  private static final double REPORTED_DIFFERENCE = 0.02;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "market_caps",
          Tables.MARKET_CAPS.keys(),
          List.of("market_cap"),
          Rules.inOrder(
              ConformInstrumentLookup.rules(),
              List.of(
                  Rules.missingDate("trade_date"),
                  Rules.invalidDate("trade_date"),
                  Rules.implausibleDate("trade_date"),
                  Rules.missingValue("market_cap")),
              Rules.numbers("market_cap"),
              Rules.within("market-cap", "market_cap", LEAST_CAP, HUGE),
              List.of(
                  new Rule(
                      "market-cap-against-shares",
                      abs(log10(try_divide(col("market_cap"), col(EXPECTED))))
                          .geq(2)
                          .and(not(isOfPriceInHundredths())),
                      format_string(
                          "market_cap is '%s', and shares times close are %.3e; they may differ by a"
                              + " factor of less than 100",
                          Rules.shown("market_cap"), col(EXPECTED))),
                  new Rule(
                      "market-cap-of-few-shares",
                      col(EXPECTED)
                          .isNull()
                          .and(col("market_cap").lt(col(USUAL_CLOSE).multiply(FEWEST_SHARES))),
                      format_string(
                          "market_cap is '%s', and a usual close of the year is %s: that would be of"
                              + " fewer than %.0f shares; is it in millions?",
                          Rules.shown("market_cap"),
                          col(USUAL_CLOSE).cast("string"),
                          lit(FEWEST_SHARES))),
                  new Rule(
                      "market-cap-below-volume",
                      col(EXPECTED).isNull().and(col("market_cap").lt(col(TRADED))),
                      format_string(
                          "market_cap is '%s', and on a usual day of the year %.3e are traded; is it in"
                              + " millions?",
                          Rules.shown("market_cap"), col(TRADED))))));

  /**
   * Whether shares times close are a hundred times the vendor's value of an instrument whose
   * exchange quotes in hundredths: the prices are in pence, and the vendor's value is right.
   */
  private static Column isOfPriceInHundredths() {
    Column times = try_divide(col(EXPECTED), col("market_cap").multiply(Subunits.HUNDRED));
    return Subunits.hasSubunit(col("currency"))
        .and(coalesce(times.between(1 / NEARLY, NEARLY), lit(false)));
  }

  @Override
  public String name() {
    return "conform-market-caps";
  }

  @Override
  public String summary() {
    return "market values: the vendor's, else shares known that day times the close; in USD too";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(
        ConformInput.table(Feed.MARKET_CAPS),
        Tables.INSTRUMENTS,
        Tables.BARS,
        Tables.RETURNS,
        Tables.SHARES_OUTSTANDING,
        Tables.FX);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.MARKET_CAPS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.MARKET_CAPS);
    Dataset<Row> instruments = context.read(Tables.INSTRUMENTS);
    Dataset<Row> typed =
        ConformInstrumentLookup.resolveByIdOrTicker(context, input.rows(), Parse.date("trade_date"))
            .withColumn("trade_date", Parse.date("trade_date"))
            // Nobody gives market values in pence.
            .withColumn(
                "market_cap",
                try_divide(Parse.number("market_cap"), Subunits.size(col("currency"))));
    Dataset<Row> computed =
        sharesTimesClose(context.read(Tables.SHARES_OUTSTANDING), context.read(Tables.BARS));
    try (CheckedRows checked =
        CHECKS.check(withTraded(withExpected(typed, computed), context.read(Tables.BARS)))) {
      Dataset<Row> values =
          withVendor(computed, withReturns(checked.accepted(), context.read(Tables.RETURNS)));
      Dataset<Row> caps = inUsd(values, instruments, context.read(Tables.FX));
      return ConformOutput.writeDays(
          context,
          checked,
          output(),
          caps,
          checked.account().accepted() == 0 ? "" : differences(caps));
    }
  }

  private static Dataset<Row> withTraded(Dataset<Row> vendor, Dataset<Row> bars) {
    Dataset<Row> of =
        vendor
            .select(col("instrument_id").as("traded_instrument"))
            .where(col("traded_instrument").isNotNull())
            .distinct();
    Dataset<Row> traded =
        bars.join(broadcast(of), col("instrument_id").equalTo(col("traded_instrument")))
            .groupBy(col("traded_instrument"), col("trade_year").as("traded_year"))
            .agg(
                percentile_approx(
                        when(
                            col("volume_shares").gt(0),
                            col("volume_shares").multiply(col("close"))),
                        lit(0.5),
                        lit(1000))
                    .as(TRADED),
                percentile_approx(col("close"), lit(0.5), lit(1000)).as(USUAL_CLOSE));
    return vendor
        .join(
            traded,
            col("instrument_id")
                .equalTo(col("traded_instrument"))
                .and(year(col("trade_date")).equalTo(col("traded_year"))),
            "left")
        .drop("traded_instrument", "traded_year");
  }

  private static Dataset<Row> withExpected(Dataset<Row> vendor, Dataset<Row> computed) {
    Dataset<Row> expected =
        computed.select(
            col("instrument_id").as("expected_instrument"),
            col("trade_date").as("expected_day"),
            col("computed_cap").as(EXPECTED));
    return vendor
        .join(
            expected,
            col("instrument_id")
                .equalTo(col("expected_instrument"))
                .and(col("trade_date").equalTo(col("expected_day"))),
            "left")
        .drop("expected_instrument", "expected_day");
  }

  /**
   * instrument_id, trade_date, shares, computed_cap, for days with a known count that is not too
   * old.
   */
  private static Dataset<Row> sharesTimesClose(Dataset<Row> counts, Dataset<Row> bars) {
    StructType count = new StructType().add("effective_date", DateType).add("known_date", DateType);
    Column none = lit(null).cast(count.add("shares", DoubleType));
    Dataset<Row> filings =
        counts.select(
            col("instrument_id"),
            // A count of a day to come counts from that day on.
            greatest(col("known_date"), col("effective_date")).as("trade_date"),
            lit(0).as("is_bar"),
            struct(col("effective_date"), col("known_date"), col("shares")).as("count"),
            lit(null).cast("double").as("close"));
    Dataset<Row> closes =
        bars.select(
            col("instrument_id"), col("trade_date"), lit(1).as("is_bar"), none, col("close"));
    WindowSpec untilNow =
        Window.partitionBy("instrument_id")
            .orderBy("trade_date", "is_bar")
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column shares = col("known").getField("shares");
    return filings
        .union(closes)
        // An amendment of an old period, filed late, does not replace a newer period's count.
        .withColumn("known", max(col("count")).over(untilNow))
        .where(
            col("is_bar")
                .equalTo(1)
                .and(
                    col("known")
                        .getField("effective_date")
                        .geq(date_sub(col("trade_date"), COUNT_AGE_DAYS))))
        .select(
            col("instrument_id"),
            col("trade_date"),
            shares.as("shares"),
            shares.multiply(col("close")).as("computed_cap"));
  }

  /** The vendor's values, and where it has none those that came with returns. */
  private static Dataset<Row> withReturns(Dataset<Row> vendor, Dataset<Row> returns) {
    Column ranked = struct(col("of_vendor"), col("market_cap"));
    return vendor
        .select(col("instrument_id"), col("trade_date"), lit(1).as("of_vendor"), col("market_cap"))
        .union(
            returns
                .where(col("market_cap_ccy").isNotNull())
                .select(col("instrument_id"), col("trade_date"), lit(0), col("market_cap_ccy")))
        .groupBy("instrument_id", "trade_date")
        .agg(max(ranked).as("best"))
        .select(
            col("instrument_id"),
            col("trade_date"),
            col("best.market_cap").as("vendor_cap"),
            col("best.of_vendor").as("of_vendor"));
  }

  private static Dataset<Row> withVendor(Dataset<Row> computed, Dataset<Row> vendor) {
    // Values of the feed market_caps were held against shares before.
    Column implausible =
        col("of_vendor")
            .equalTo(0)
            .and(abs(log10(try_divide(col("vendor_cap"), col("computed_cap")))).geq(2));
    return computed
        .join(vendor, new String[] {"instrument_id", "trade_date"}, "full_outer")
        .withColumn(
            "vendor_cap",
            when(coalesce(implausible, lit(false)), null).otherwise(col("vendor_cap")))
        .withColumn("market_cap_ccy", coalesce(col("vendor_cap"), col("computed_cap")))
        .where(col("market_cap_ccy").lt(HUGE))
        .withColumn(
            "source",
            when(col("vendor_cap").isNotNull(), lit("vendor")).otherwise(lit("shares x close")))
        .withColumn(
            "vendor_difference",
            try_divide(col("vendor_cap"), col("computed_cap")).minus(lit(1.0)));
  }

  private static Dataset<Row> inUsd(
      Dataset<Row> values, Dataset<Row> instruments, Dataset<Row> fx) {
    Dataset<Row> inCurrency =
        values.join(
            broadcast(instruments.select("instrument_id", "currency")), "instrument_id", "left");
    Dataset<Row> needed =
        inCurrency
            .where(col("currency").notEqual("USD"))
            .select(
                Subunits.main(col("currency")).as("currency"),
                col("trade_date"),
                lit(1).as("is_needed"),
                lit(null).cast("date").as("rate_date"),
                lit(null).cast("double").as("rate"))
            .distinct();
    Dataset<Row> given =
        fx.select(
            col("currency"),
            col("trade_date"),
            lit(0).as("is_needed"),
            col("trade_date").as("rate_date"),
            col("usd_per_unit").as("rate"));
    WindowSpec untilNow =
        Window.partitionBy("currency")
            .orderBy("trade_date", "is_needed")
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Dataset<Row> rates =
        given
            .union(needed)
            .withColumn("rate", last(col("rate"), true).over(untilNow))
            .withColumn("rate_date", last(col("rate_date"), true).over(untilNow))
            .where(
                col("is_needed")
                    .equalTo(1)
                    .and(col("rate_date").geq(date_sub(col("trade_date"), RATE_AGE_DAYS))))
            .select(
                col("currency").as("rate_currency"), col("trade_date").as("rate_day"), col("rate"));
    return inCurrency
        .join(
            broadcast(rates),
            Subunits.main(col("currency"))
                .equalTo(col("rate_currency"))
                .and(col("trade_date").equalTo(col("rate_day"))),
            "left")
        .withColumn(
            "usd_per_unit",
            when(col("currency").equalTo("USD"), lit(1.0))
                .otherwise(col("rate").multiply(Subunits.size(col("currency")))))
        .withColumn("market_cap_usd", col("market_cap_ccy").multiply(col("usd_per_unit")));
  }

  private static String differences(Dataset<Row> caps) {
    Row row =
        caps.where(abs(col("vendor_difference")).gt(REPORTED_DIFFERENCE))
            .agg(count(lit(1)).as("values"), max(abs(col("vendor_difference"))).as("largest"))
            .first();
    RowReader.Cells differing = RowReader.of(row.schema(), "values", "largest").at(row);
    return differing.count("values") == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%d values of the vendor differ from shares x close by more than 2 %%, at most %.1f %%",
            differing.count("values"),
            100 * differing.number("largest"));
  }
}
