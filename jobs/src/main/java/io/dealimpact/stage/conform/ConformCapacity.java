package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.try_divide;

import io.dealimpact.capacity.Ramp;
import io.dealimpact.capacity.RollupKey;
import io.dealimpact.capacity.cost.PlausibilityLimits;
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

/**
 * Commitments of compute, a row for each version of one. A version without known_date became known
 * with its deal; one without ramp keeps that of the version before it.
 */
public final class ConformCapacity implements Stage {
  private static final double KW_PER_GW = 1e6;

  private static final PlausibilityLimits LIMITS = PlausibilityLimits.defaults();

  private static final List<String> LAYERS =
      List.of("chips", "shell", "neocloud", "cloud", "programme");

  private static final String DEAL_DATE = "deal_announced_date";
  private static final String MODEL_KNOWN = "model_known";

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "capacity",
          Tables.CAPACITY_COMMITMENTS.keys(),
          Tables.CAPACITY_COMMITMENTS.columnNames().stream().skip(2).toList(),
          Rules.inOrder(
              List.of(
                  Rules.missing("commitment_id"),
                  Rules.broken(
                      "unknown-deal",
                      "deal_id",
                      col(DEAL_DATE).isNull(),
                      "the deal_id of a deal in silver.deals"),
                  Rules.missing("provider"),
                  Rules.missing("customer"),
                  Rules.invalidDate("known_date", Parse.date("known_date")),
                  Rules.implausibleDate("known_date"),
                  Rules.invalidDate("first_power_date"),
                  Rules.invalidDate("full_power_date"),
                  Rules.missing("status"),
                  Rules.unknownWord("status", ConformDealRows.STATUSES),
                  Rules.unknownWord("ramp", Ramp.codes()),
                  Rules.unknownWord("layer", LAYERS),
                  Rules.unknownWord("power", List.of("it", "facility"))),
              Rules.names("commitment_id", "provider", "customer", "gpu_model"),
              Rules.numbers(
                  "gpus_low",
                  "gpus_high",
                  "power_gw_low",
                  "power_gw_high",
                  "value_usd_low",
                  "value_usd_high"),
              List.of(
                  Rules.negative("gpus", "gpus_low"),
                  Rules.negative("gpus", "gpus_high"),
                  Rules.negative("power", "power_gw_low"),
                  Rules.negative("power", "power_gw_high"),
                  Rules.negative("value", "value_usd_low"),
                  Rules.negative("value", "value_usd_high"),
                  Rules.below("value", "value_usd_low", ConformDealRows.MOST_USD),
                  Rules.below("value", "value_usd_high", ConformDealRows.MOST_USD),
                  Rules.lowAboveHigh("gpus_low", "gpus_high"),
                  Rules.lowAboveHigh("power_gw_low", "power_gw_high"),
                  Rules.lowAboveHigh("value_usd_low", "value_usd_high"),
                  new Rule(
                      "full-power-before-first-power",
                      col("full_power_date").lt(col("first_power_date")),
                      format_string(
                          "full_power_date %s is before first_power_date %s; it must be on it or"
                              + " after",
                          col("full_power_date").cast("string"),
                          col("first_power_date").cast("string"))),
                  Rules.broken(
                      "unknown-gpu-model",
                      "gpu_model",
                      col("gpu_model").isNotNull().and(col(MODEL_KNOWN).isNull()),
                      "a gpu_model in silver.gpu_models"),
                  implausiblePower(),
                  reserved("provider"),
                  reserved("customer"),
                  reserved("gpu_model"),
                  Milestones.unreadable(),
                  Milestones.outOfOrder(),
                  Milestones.shrinking(),
                  Milestones.optionBeforeFirm(),
                  Milestones.abovePower(),
                  Rules.broken(
                      "implausible-power",
                      "power_gw_high",
                      greatest(col("power_gw_low"), col("power_gw_high")).gt(LIMITS.maxPowerGw()),
                      "in GW and at most 100, not in MW"),
                  Rules.broken(
                      "implausible-gpus",
                      "gpus_high",
                      greatest(col("gpus_low"), col("gpus_high")).gt(LIMITS.maxGpus()),
                      "at most a billion"),
                  implausibleDate("first_power_date"),
                  implausibleDate("full_power_date"),
                  implausibleValue(),
                  new Rule(
                      "nothing-committed",
                      coalesce(
                              col("gpus_low"),
                              col("gpus_high"),
                              col("power_gw_low"),
                              col("power_gw_high"),
                              col("value_usd_low"),
                              col("value_usd_high"),
                              size(col("milestones")).cast("double"))
                          .isNull()
                          .and(col("status").isin("amended", "cancelled").equalTo(false)),
                      lit("neither accelerators nor power nor value is given; give one")))));

  /** ALL is how sums are marked in gold.capacity_by_quarter. */
  private static Rule reserved(String column) {
    return Rules.broken(
        "reserved-name",
        column,
        col(column).equalTo(RollupKey.ALL),
        "a name; ALL is kept for sums");
  }

  private static Rule implausibleDate(String column) {
    return Rules.broken(
        "implausible-date",
        column,
        col(column)
            .between(
                lit(LIMITS.earliest().toString()).cast("date"),
                lit(LIMITS.latest().toString()).cast("date"))
            .equalTo(false),
        "between " + LIMITS.earliest() + " and " + LIMITS.latest());
  }

  private static Rule implausibleValue() {
    Column smallest =
        try_divide(
            coalesce(col("value_usd_low"), col("value_usd_high")),
            coalesce(col("power_gw_high"), col("power_gw_low")));
    Column largest =
        try_divide(
            coalesce(col("value_usd_high"), col("value_usd_low")),
            coalesce(col("power_gw_low"), col("power_gw_high")));
    return new Rule(
        "implausible-value-per-gw",
        largest.lt(LIMITS.usdPerGw().low()).or(smallest.gt(LIMITS.usdPerGw().high())),
        format_string(
            "value and power give %.3e to %.3e USD for one GW; some of it must be within %.0e to"
                + " %.0e: power is in GW, not MW",
            smallest, largest, lit(LIMITS.usdPerGw().low()), lit(LIMITS.usdPerGw().high())));
  }

  private static Rule implausiblePower() {
    Column smallest =
        kwPerGpu(
            coalesce(col("power_gw_low"), col("power_gw_high")),
            coalesce(col("gpus_high"), col("gpus_low")));
    Column largest =
        kwPerGpu(
            coalesce(col("power_gw_high"), col("power_gw_low")),
            coalesce(col("gpus_low"), col("gpus_high")));
    return new Rule(
        "implausible-power-per-gpu",
        largest.lt(LIMITS.kwPerGpu().low()).or(smallest.gt(LIMITS.kwPerGpu().high())),
        format_string(
            "power and accelerators give %.3f to %.3f kW for one; some of it must be within %.1f to"
                + " %.0f kW: power is in GW, not MW",
            smallest, largest, lit(LIMITS.kwPerGpu().low()), lit(LIMITS.kwPerGpu().high())));
  }

  private static Column kwPerGpu(Column powerGw, Column gpus) {
    return try_divide(powerGw.multiply(KW_PER_GW), gpus);
  }

  @Override
  public String name() {
    return "conform-capacity";
  }

  @Override
  public String summary() {
    return "commitments of compute, typed, a row for each version";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.CAPACITY), Tables.DEALS, Tables.GPU_MODELS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.CAPACITY));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.CAPACITY_COMMITMENTS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.CAPACITY);
    Dataset<Row> deals =
        context
            .read(Tables.DEALS)
            .select(col("deal_id").as("known_deal"), col("announced_date").as(DEAL_DATE));
    Dataset<Row> models =
        context
            .read(Tables.GPU_MODELS)
            .select(col("gpu_model").as("known_model"), lit(1).as(MODEL_KNOWN));
    Dataset<Row> typed =
        typed(input.rows())
            .join(broadcast(deals), col("deal_id").equalTo(col("known_deal")), "left")
            .join(broadcast(models), col("gpu_model").equalTo(col("known_model")), "left")
            .drop("known_deal", "known_model")
            .withColumn("known_date", coalesce(Parse.date("known_date"), col(DEAL_DATE)));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }

  private static Dataset<Row> typed(Dataset<Row> rows) {
    return rows.withColumn("commitment_id", Parse.text("commitment_id"))
        .withColumn("deal_id", Parse.text("deal_id"))
        .withColumn("provider", Parse.text("provider"))
        .withColumn("customer", Parse.text("customer"))
        .withColumn("gpu_model", Parse.text("gpu_model"))
        .withColumn("gpus_low", Parse.number("gpus_low"))
        .withColumn("gpus_high", Parse.number("gpus_high"))
        .withColumn("power_gw_low", Parse.number("power_gw_low"))
        .withColumn("power_gw_high", Parse.number("power_gw_high"))
        .withColumn("value_usd_low", Parse.number("value_usd_low"))
        .withColumn("value_usd_high", Parse.number("value_usd_high"))
        .withColumn("first_power_date", Parse.date("first_power_date"))
        .withColumn("full_power_date", Parse.date("full_power_date"))
        .withColumn("status", Parse.lowerText("status"))
        .withColumn("ramp", Parse.lowerText("ramp"))
        .withColumn("milestones", Milestones.typed())
        .withColumn("layer", Parse.lowerText("layer"))
        .withColumn("power", Parse.lowerText("power"))
        .withColumn("region", Parse.text("region"))
        .withColumn("power_by", Parse.text("power_by"))
        .withColumn("source_title", Parse.text("source_title"))
        .withColumn("source_url", Parse.text("source_url"));
  }
}
