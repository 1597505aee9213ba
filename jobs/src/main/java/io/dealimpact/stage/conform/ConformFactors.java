package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Factor returns as fractions. Files contribute different factors to a day (five factors;
 * momentum), so rows are compared with rows that give the same factors; where rows that give
 * different ones overlap, the row with more factors counts, then the later file. Small minus big is
 * not one factor: that of five factors averages three sorts (Fama &amp; French 2015), that of three
 * is of one (1993); {@code smb_3} keeps the latter.
 */
public final class ConformFactors implements Stage {
  private static final List<String> FACTORS =
      List.of("mkt_rf", "smb", "hml", "rmw", "cma", "umd", "rf");

  /** Kenneth French's codes for a missing return, as delivered. */
  private static final Object[] MISSING = {-99.99, -999.0};

  /** The factors a row gives, comma-separated. */
  private static final String GIVEN = "factors_given";

  /** The median size of the returns of the row's file; NULL when it has few. */
  private static final String TYPICAL = "typical_return";

  /** The worst days of any market are two thirds of it. */
  private static final double MOST_RETURN = 0.3;

  private static final double MOST_RISK_FREE = 0.01;

  /** Fewer days say nothing of what is typical. */
  private static final int FEWEST_DAYS = 10;

  /** Ten times a factor's typical day. */
  private static final double MOST_TYPICAL = 0.05;

  /** A thirtieth of a factor's typical day. */
  private static final double LEAST_TYPICAL = 0.0002;

  private static final FeedChecks CHECKS =
      new FeedChecks("factors", List.of("factor_set", "trade_date", GIVEN), FACTORS, rules());

  private static List<Rule> rules() {
    List<Rule> rules =
        new ArrayList<>(
            List.of(
                Rules.missing("factor_set"),
                Rules.missingDate("trade_date"),
                Rules.invalidDate("trade_date"),
                Rules.implausibleDate("trade_date"),
                Rules.unknownWord("unit", List.of("percent", "fraction"))));
    for (String factor : FACTORS) {
      for (Rule rule : Rules.numbers(factor)) {
        // A code for a missing value is a number, and no value.
        rules.add(
            new Rule(
                rule.name(),
                rule.brokenWhen().and(isMissingCode(factor).equalTo(false)),
                rule.message()));
      }
      rules.add(
          Rules.broken(
              "implausible-factor",
              factor,
              abs(col(factor)).geq(factor.equals("rf") ? MOST_RISK_FREE : MOST_RETURN),
              factor.equals("rf")
                  ? "a day's rate below 1 %, in the unit that the file says"
                  : "a day's return below 30 %, in the unit that the file says"));
    }
    rules.add(
        new Rule(
            "percent-as-fraction",
            col(TYPICAL).geq(MOST_TYPICAL),
            format_string(
                "the file's returns are %.2f on a typical day; a fraction is due, in which 1 %% is"
                    + " 0.01, or a column 'unit' that says percent",
                col(TYPICAL))));
    rules.add(
        new Rule(
            "fraction-as-percent",
            col(TYPICAL).gt(0).and(col(TYPICAL).lt(LEAST_TYPICAL)).and(isInPercent()),
            format_string(
                "the file's returns are %.6f %% on a typical day; percent are due, in which 1 %% is 1",
                col(TYPICAL).multiply(100))));
    rules.add(
        new Rule(
            "no-values",
            col(GIVEN).equalTo(""),
            lit("the row has no factor, or only codes for missing ones; one at least is needed")));
    return rules;
  }

  @Override
  public String name() {
    return "conform-factors";
  }

  @Override
  public String summary() {
    return "factor returns as fractions, joined over files, unique by set and day";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.FACTORS));
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.FACTORS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.FACTORS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.FACTORS);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn("factor_set", Parse.text("factor_set"))
            .withColumn("trade_date", Parse.date("trade_date"));
    List<Column> given = new ArrayList<>();
    for (String factor : FACTORS) {
      typed = typed.withColumn(factor, fraction(factor));
      given.add(when(col(factor).isNotNull(), lit(factor)));
    }
    typed = typed.withColumn(GIVEN, concat_ws(",", given.toArray(Column[]::new)));
    typed = typed.withColumn(TYPICAL, typicalReturn());
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeDays(context, checked, output(), byDay(checked.accepted()));
    }
  }

  /** Rates are left out: a day's is small in percent too. */
  private static Column typicalReturn() {
    Column[] sizes =
        FACTORS.stream()
            .filter(factor -> !factor.equals("rf"))
            .map(factor -> abs(col(factor)))
            .toArray(Column[]::new);
    WindowSpec ofFile = Window.partitionBy("source_file");
    Column size = greatest(sizes);
    return when(
        count(size).over(ofFile).geq(FEWEST_DAYS),
        percentile_approx(size, lit(0.5), lit(10_000)).over(ofFile));
  }

  private static Column isMissingCode(String factor) {
    return coalesce(Parse.number(factor).isin(MISSING), lit(false));
  }

  private static Column isInPercent() {
    return coalesce(Parse.lowerText("unit"), lit("fraction")).equalTo("percent");
  }

  private static Column fraction(String factor) {
    return when(
        isMissingCode(factor).equalTo(false),
        when(isInPercent(), Parse.percent(factor)).otherwise(Parse.number(factor)));
  }

  private static Dataset<Row> byDay(Dataset<Row> accepted) {
    Column rank =
        struct(size(split(col(GIVEN), ",")), col(DeliveredRows.FILE_RANK), col("source_line"));
    Column[] factors =
        FACTORS.stream()
            .map(f -> max_by(col(f), when(col(f).isNotNull(), rank)).as(f))
            .toArray(Column[]::new);
    Column isOfThree = col("smb").isNotNull().and(col("rmw").isNull()).and(col("cma").isNull());
    Column[] rest = Arrays.copyOfRange(factors, 1, factors.length + 1);
    rest[factors.length - 1] = max_by(col("smb"), when(isOfThree, rank)).as("smb_3");
    return accepted
        .groupBy("factor_set", "trade_date")
        .agg(factors[0], rest)
        .withColumn("smb_3", coalesce(col("smb_3"), col("smb")));
  }
}
