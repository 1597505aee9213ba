package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Printed figures. Dates become days since 1970, so that every figure is a number; a claim of unit
 * text has none. Metrics that nobody can measure are accepted: the audit says so.
 */
public final class ConformClaims implements Stage {
  private static final FeedChecks CHECKS =
      new FeedChecks(
          "claims",
          Tables.CLAIMS.keys(),
          Tables.CLAIMS.columnNames().stream().skip(1).toList(),
          rules());

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>(List.of(Rules.missing("claim_id"), Rules.missing("metric")));
    rules.addAll(Rules.names("claim_id", "deal_id", "metric"));
    for (String column : List.of("claimed_low", "claimed_high")) {
      for (Rule rule : Rules.numbers(column)) {
        rules.add(new Rule(rule.name(), isNumber().and(rule.brokenWhen()), rule.message()));
      }
      Rule date = Rules.invalidDate(column);
      rules.add(new Rule(date.name(), isDate().and(date.brokenWhen()), date.message()));
    }
    rules.add(
        Rules.unknownWord("precision", List.of("exact", "rounded", "about", "order-of-magnitude")));
    rules.add(
        Rules.broken(
            "invalid-parts",
            "parts",
            Parse.text("parts")
                .isNotNull()
                .and(col("parts").isNull().or(exists(col("parts"), ConformClaims::isIncomplete))),
            "objects of asserts, printed, recorded and source, none of them empty"));
    rules.add(
        new Rule(
            "low-above-high",
            col("claimed_low").gt(col("claimed_high")),
            format_string(
                "claimed_low %s is above claimed_high %s; the low end must not exceed the high end",
                Rules.shown("claimed_low"), Rules.shown("claimed_high"))));
    return rules;
  }

  private static Column isIncomplete(Column part) {
    return part.getField("asserts")
        .isNull()
        .or(part.getField("printed").isNull())
        .or(part.getField("recorded").isNull())
        .or(part.getField("source").isNull());
  }

  private static Column unit() {
    return coalesce(Parse.lowerText("unit"), lit(""));
  }

  private static Column isDate() {
    return unit().equalTo("date");
  }

  private static Column isNumber() {
    return unit().isin("date", "text").equalTo(false);
  }

  @Override
  public String name() {
    return "conform-claims";
  }

  @Override
  public String summary() {
    return "printed figures, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.CLAIMS));
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.CLAIMS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.CLAIMS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.CLAIMS);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn("claim_id", Parse.text("claim_id"))
            .withColumn("deal_id", Parse.text("deal_id"))
            .withColumn("subject", Parse.text("subject"))
            .withColumn("metric", Parse.lowerText("metric"))
            .withColumn("unit", Parse.lowerText("unit"))
            .withColumn("as_printed", Parse.text("as_printed"))
            .withColumn("claimed_low", figure("claimed_low"))
            .withColumn("claimed_high", figure("claimed_high"))
            .withColumn("precision", Parse.lowerText("precision"))
            .withColumn("parts", from_json(Parse.text("parts"), Tables.PARTS))
            .withColumn("source_title", Parse.text("source_title"))
            .withColumn("source_url", Parse.text("source_url"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }

  private static Column figure(String column) {
    return when(isDate(), unix_date(Parse.date(column)).cast("double"))
        .when(isNumber(), Parse.number(column));
  }
}
