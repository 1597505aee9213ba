package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.percentile_approx;
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
 * Returns of days, fractions. A missing return, or one of CRSP's codes for it (letters, and −44 to
 * −99), is a day without a return. A return of the delisting is that of its day, compounded with
 * the day's own where it has one. Below −100 % nobody loses, but that is what the feed says: it is
 * taken, and flagged. A file in percent is refused.
 */
public final class ConformReturns implements Stage {
  private static final String CODE = "^([A-Z]|-(44|55|66|77|88|99)(\\.0+)?)$";
  private static final String TYPICAL = "typical_return";
  private static final String FLAGS = "data_flags";

  /** Ten times the typical day of a wild share. */
  private static final double MOST_TYPICAL = 0.3;

  /** Fewer days say nothing of what is typical. */
  private static final int FEWEST_DAYS = 10;

  private static final double MOST_RETURN = 1e4;
  private static final double MOST_SHARES = 1e15;
  private static final double LEAST_CAP = 1e3;
  private static final double MOST_CAP = 1e18;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "returns",
          Tables.RETURNS.keys(),
          List.of("return", "return_ex_dividend", "delisting_return", "market_cap", "volume"),
          List.of("return", "return_ex_dividend", "delisting_return"),
          Rules.inOrder(
              ConformInstrumentLookup.rules(),
              List.of(
                  Rules.missingDate("trade_date"),
                  Rules.invalidDate("trade_date"),
                  Rules.implausibleDate("trade_date"),
                  OtherPeriod.rule()),
              numbers("return"),
              numbers("return_ex_dividend"),
              numbers("delisting_return"),
              List.of(
                  new Rule(
                      "percent-as-fraction",
                      col(TYPICAL).geq(MOST_TYPICAL),
                      format_string(
                          "returns are %.2f on a typical day of the file, or of the instrument in it; a fraction is due, in"
                              + " which 1 %% is 0.01",
                          col(TYPICAL))))));

  private static List<Rule> numbers(String column) {
    return Rules.inOrder(
        Rules.numbers(column).stream()
            .map(
                rule ->
                    new Rule(
                        rule.name(),
                        rule.brokenWhen().and(isCode(column).equalTo(false)),
                        rule.message()))
            .toList(),
        List.of(
            Rules.broken(
                "implausible-return",
                column,
                abs(col(column)).geq(MOST_RETURN),
                "a return of a day as a fraction, between -10000 and 10000")));
  }

  @Override
  public String name() {
    return "conform-returns";
  }

  @Override
  public String summary() {
    return "returns of days, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.RETURNS), Tables.INSTRUMENTS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.RETURNS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.RETURNS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.RETURNS);
    Dataset<Row> typed =
        ConformInstrumentLookup.resolveByIdOrTicker(
                context, input.rows(), Parse.session("trade_date", lit(Parse.NEW_YORK)))
            .withColumn("trade_date", ConformExchange.session("trade_date"))
            .withColumn("return", given("return"))
            .withColumn("return_ex_dividend", given("return_ex_dividend"))
            .withColumn("delisting_return", given("delisting_return"))
            .withColumn("market_cap", within("market_cap", LEAST_CAP, MOST_CAP))
            .withColumn("volume", within("volume", 0, MOST_SHARES));
    try (CheckedRows checked = CHECKS.check(withFileChecks(typed))) {
      return ConformOutput.writeDays(context, checked, output(), returns(checked.accepted()));
    }
  }

  private static Column isCode(String column) {
    return coalesce(Parse.text(column).rlike(CODE), lit(false));
  }

  private static Column given(String column) {
    return when(isCode(column).equalTo(false), Parse.number(column));
  }

  private static Column within(String column, double least, double limit) {
    Column number = Parse.number(column);
    return when(number.geq(least).and(number.lt(limit)), number);
  }

  /** Adds what is only seen of many rows: what is typical of them, and whether they are of days. */
  private static Dataset<Row> withFileChecks(Dataset<Row> typed) {
    WindowSpec ofInstrument = Window.partitionBy("source_file", "instrument_id");
    return typed
        .withColumn(
            TYPICAL,
            // One instrument of a file may be in percent, or all with few days each.
            greatest(typical(Window.partitionBy("source_file")), typical(ofInstrument)))
        .withColumn(
            OtherPeriod.COLUMN,
            when(
                col("instrument_id").isNotNull(),
                OtherPeriod.of(aggregate -> aggregate.over(ofInstrument))));
  }

  private static Column typical(WindowSpec rows) {
    Column size = abs(coalesce(col("return"), col("return_ex_dividend")));
    return when(
        count(size).over(rows).geq(FEWEST_DAYS),
        percentile_approx(size, lit(0.5), lit(10_000)).over(rows));
  }

  private static Dataset<Row> returns(Dataset<Row> accepted) {
    Column leaving = col("delisting_return");
    Column total = withLeaving(col("return"), leaving);
    Column exDividend = withLeaving(col("return_ex_dividend"), leaving);
    WindowSpec ofInstrument = Window.partitionBy("instrument_id");
    Column totals = count("return").over(ofInstrument);
    Column exDividends = count("return_ex_dividend").over(ofInstrument);
    return accepted
        .withColumn("totals", totals)
        .withColumn("ex_dividends", exDividends)
        // A delisting's return is of the kind that the instrument has.
        .withColumn(
            "total_return",
            when(
                    col("return")
                        .isNull()
                        .and(col("totals").equalTo(0))
                        .and(col("ex_dividends").gt(0)),
                    lit(null))
                .otherwise(total))
        .withColumn(
            "return_ex_dividend",
            // A day that has the delisting's return alone has no dividend.
            when(
                    col("return_ex_dividend")
                        .isNull()
                        .and(
                            col("return")
                                .isNotNull()
                                .or(col("ex_dividends").equalTo(0).and(col("totals").gt(0)))),
                    lit(null))
                .otherwise(exDividend))
        .drop("totals", "ex_dividends")
        .withColumn("market_cap_ccy", col("market_cap"))
        .withColumn("volume_shares", col("volume"))
        .withColumn(
            FLAGS,
            nullif(
                concat_ws(
                    ", ",
                    when(leaving.isNotNull(), lit("delisting-return")),
                    when(
                        least(
                                coalesce(col("total_return"), lit(0.0)),
                                coalesce(col("return_ex_dividend"), lit(0.0)))
                            .lt(-1),
                        lit("return-below-minus-1"))),
                lit("")));
  }

  private static Column withLeaving(Column own, Column leaving) {
    return when(
            leaving.isNotNull().and(own.isNotNull()),
            own.plus(lit(1)).multiply(leaving.plus(lit(1))).minus(lit(1)))
        .otherwise(coalesce(own, leaving));
  }
}
