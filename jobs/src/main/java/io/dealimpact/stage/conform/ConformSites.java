package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What others published about sites that are built, and of what 1 GW costs: to stand beside what
 * was promised.
 */
public final class ConformSites implements Stage {
  /** Above it, a site's MW were written as GW. */
  private static final double LARGEST_GW = 100;

  private static final double LARGEST_USD = 1e13;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "sites",
          Tables.SITES.keys(),
          Tables.SITES.columnNames(),
          Rules.inOrder(
              List.of(
                  Rules.missing("publisher"),
                  Rules.missing("site"),
                  Rules.missingDate("as_of"),
                  Rules.invalidDate("as_of"),
                  Rules.invalidDate("known_date"),
                  Rules.implausibleDate("as_of"),
                  Rules.missing("power_gw")),
              Rules.names("publisher", "site"),
              List.of(Rules.unknownWord("basis", List.of("built", "model"))),
              Rules.numbers("power_gw", "capex_usd", "compute_usd", "gpu_usd"),
              List.of(Rules.negative("power", "power_gw")),
              List.of(
                  Rules.broken(
                      "implausible-power",
                      "power_gw",
                      col("power_gw").geq(LARGEST_GW),
                      "in GW and below 100, not in MW")),
              Rules.positiveBelow("cost", "capex_usd", LARGEST_USD),
              Rules.positiveBelow("cost", "compute_usd", LARGEST_USD),
              Rules.positiveBelow("cost", "gpu_usd", LARGEST_USD),
              List.of(part("compute_usd", "capex_usd"), part("gpu_usd", "capex_usd"))));

  private static Rule part(String part, String whole) {
    return new Rule(
        "part-above-whole",
        col(part).gt(col(whole)),
        format_string(
            part + " %s is above " + whole + " %s, of which it is a part",
            Rules.shown(part),
            Rules.shown(whole)));
  }

  @Override
  public String name() {
    return "conform-sites";
  }

  @Override
  public String summary() {
    return "published sites, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.SITES));
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.SITES));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.SITES;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.SITES);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn("publisher", Parse.text("publisher"))
            .withColumn("site", Parse.text("site"))
            .withColumn("as_of", Parse.date("as_of"))
            .withColumn("known_date", Parse.date("known_date"))
            .withColumn("basis", coalesce(Parse.lowerText("basis"), lit("built")))
            .withColumn("provider", Parse.text("provider"))
            .withColumn("customer", Parse.text("customer"))
            .withColumn("power_gw", Parse.number("power_gw"))
            .withColumn("capex_usd", Parse.number("capex_usd"))
            .withColumn("compute_usd", Parse.number("compute_usd"))
            .withColumn("gpu_usd", Parse.number("gpu_usd"))
            .withColumn("source_title", Parse.text("source_title"))
            .withColumn("source_url", Parse.text("source_url"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
