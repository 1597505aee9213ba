package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.log10;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.try_divide;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** US dollars for one unit of a currency, by day. */
public final class ConformFx implements Stage {
  private static final double SMALLEST_RATE = 1e-12;
  private static final double LARGEST_RATE = 1e7;

  /**
   * Dollars for one unit of currencies that are far from a dollar, roughly as of the last decades.
   * A rate that is nearer to one over it than to it is the wrong way round. Of a currency near a
   * dollar nobody can say so.
   */
  private static final Map<String, Double> TYPICAL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("JPY", 0.008),
              Map.entry("KRW", 0.0009),
              Map.entry("TWD", 0.032),
              Map.entry("HKD", 0.128),
              Map.entry("CNY", 0.14),
              Map.entry("INR", 0.016),
              Map.entry("IDR", 7e-5),
              Map.entry("THB", 0.029),
              Map.entry("PHP", 0.02),
              Map.entry("VND", 4e-5),
              Map.entry("SEK", 0.11),
              Map.entry("NOK", 0.12),
              Map.entry("DKK", 0.15),
              Map.entry("PLN", 0.27),
              Map.entry("CZK", 0.044),
              Map.entry("HUF", 0.0035),
              Map.entry("ZAR", 0.08),
              Map.entry("MXN", 0.06),
              Map.entry("BRL", 0.25),
              Map.entry("CLP", 0.0015),
              Map.entry("ILS", 0.28),
              Map.entry("SAR", 0.267),
              Map.entry("AED", 0.272)));

  /**
   * The least and the largest rate in decades, with some room, of currencies near a dollar. What is
   * outside is not one of them; one over it often is.
   */
  private static final Map<String, Double> LEAST =
      new TreeMap<>(
          Map.of(
              "EUR", 0.75, "GBP", 0.95, "CHF", 0.2, "CAD", 0.58, "AUD", 0.45, "NZD", 0.37, "SGD",
              0.3));

  /** Dollars for a euro since 2003: the least was 0.9536, in September 2022. */
  private static final double LEAST_EURO = 0.95;

  private static final Map<String, Double> MOST =
      new TreeMap<>(
          Map.of(
              "EUR", 1.75, "GBP", 4.1, "CHF", 1.6, "CAD", 1.2, "AUD", 1.25, "NZD", 1.1, "SGD", 1.0,
              "TRY", 1.0, "RUB", 0.25, "EGP", 0.5));

  /**
   * How much nearer to one over the usual rate than to it a rate is that is the wrong way round.
   */
  private static final double NEARER = Math.log(1.15);

  /** No currency of {@link #TYPICAL} was so far from it. */
  private static final double FROM_TYPICAL = Math.log(30);

  /** No rate is so far from the median of its year. */
  private static final double FROM_USUAL = Math.log(5);

  /** Fewer rates say nothing of what is usual. */
  private static final int FEWEST_RATES = 10;

  /** The median rate of the row's currency and year; NULL where it has few. */
  private static final String USUAL = "usual_rate";

  private static Column typical() {
    return element_at(ConstantMap.ofNumbers(TYPICAL), col("currency"));
  }

  private static Column isInverted() {
    Column rate = col("usd_per_unit");
    Column distance = abs(log10(try_divide(rate, typical())));
    Column inverted = abs(log10(rate.multiply(typical())));
    // The other way round among rates that are right.
    Column among =
        abs(log(rate.multiply(col(USUAL)))).plus(NEARER).lt(abs(log(try_divide(rate, col(USUAL)))));
    return coalesce(inverted.lt(distance), lit(false))
        .or(isOutside(rate).and(not(isOutside(try_divide(lit(1.0), rate)))))
        .or(coalesce(among, lit(false)));
  }

  /** Whether a rate is none that the currency ever had, as far as that is known. */
  private static Column isOutside(Column rate) {
    return coalesce(rate.lt(element_at(ConstantMap.ofNumbers(LEAST), col("currency"))), lit(false))
        .or(coalesce(rate.gt(element_at(ConstantMap.ofNumbers(MOST), col("currency"))), lit(false)))
        .or(
            coalesce(
                col("currency")
                    .equalTo("EUR")
                    .and(year(col("trade_date")).geq(2003))
                    .and(rate.lt(LEAST_EURO)),
                lit(false)));
  }

  /** Whether a rate is for 100 units, for a hundredth of one, or of no unit at all. */
  private static Column isOfAnotherUnit() {
    Column rate = col("usd_per_unit");
    return isOutside(rate)
        .or(coalesce(abs(log(try_divide(rate, typical()))).geq(FROM_TYPICAL), lit(false)))
        .or(coalesce(abs(log(try_divide(rate, col(USUAL)))).geq(FROM_USUAL), lit(false)));
  }

  private static Column usual() {
    WindowSpec ofCurrency = Window.partitionBy(col("currency"), year(col("trade_date")));
    Column rate = when(col("usd_per_unit").gt(0), col("usd_per_unit"));
    return when(
        count(rate).over(ofCurrency).geq(FEWEST_RATES),
        percentile_approx(rate, lit(0.5), lit(10_000)).over(ofCurrency));
  }

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "fx",
          Tables.FX.keys(),
          List.of("usd_per_unit"),
          Rules.inOrder(
              List.of(
                  Rules.missing("currency"),
                  Rules.broken(
                      "invalid-currency",
                      "currency",
                      Parse.text("currency").rlike("^([A-Z]{3}|[a-z]{3})$").equalTo(false),
                      "an ISO 4217 code of three letters, as EUR; not a hundredth of it, as GBp"),
                  Rules.missingDate("trade_date"),
                  Rules.invalidDate("trade_date"),
                  Rules.implausibleDate("trade_date"),
                  Rules.missingValue("usd_per_unit")),
              Rules.numbers("usd_per_unit"),
              Rules.within("rate", "usd_per_unit", SMALLEST_RATE, LARGEST_RATE),
              List.of(
                  new Rule(
                      "inverted-rate",
                      isInverted(),
                      format_string(
                          "usd_per_unit is '%s' for %s; it looks like units for one dollar, and"
                              + " dollars for one unit are due: about %s",
                          Rules.shown("usd_per_unit"),
                          col("currency"),
                          coalesce(
                              typical(), col(USUAL), try_divide(lit(1.0), col("usd_per_unit"))))),
                  new Rule(
                      "rate-of-another-unit",
                      isOfAnotherUnit(),
                      format_string(
                          "usd_per_unit is '%s' for %s, and about %s is due; is it for 100 units, or"
                              + " for a hundredth of one?",
                          Rules.shown("usd_per_unit"),
                          col("currency"),
                          coalesce(
                              typical().cast("string"),
                              col(USUAL).cast("string"),
                              lit("what the currency had in the last decades")))),
                  Rules.broken(
                      "dollar-not-one",
                      "usd_per_unit",
                      col("currency").equalTo("USD").and(col("usd_per_unit").notEqual(1)),
                      "1: the row is of the US dollar itself"))));

  @Override
  public String name() {
    return "conform-fx";
  }

  @Override
  public String summary() {
    return "exchange rates, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.FX));
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.FX));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.FX;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.FX);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn("currency", Parse.upperText("currency"))
            .withColumn("trade_date", Parse.date("trade_date"))
            .withColumn("usd_per_unit", Parse.number("usd_per_unit"))
            .withColumn(USUAL, usual());
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
