package io.dealimpact.stage.conform;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rules;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Accelerators, their power and price. */
public final class ConformGpus implements Stage {
  private static final double LARGEST_KW = 1e3;
  private static final double LARGEST_PRICE_USD = 1e8;
  private static final double LARGEST_H100 = 1e4;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "gpus",
          Tables.GPU_MODELS.keys(),
          Tables.GPU_MODELS.columnNames(),
          Rules.inOrder(
              List.of(Rules.missing("gpu_model")),
              Rules.names("gpu_model"),
              Rules.numbers(
                  "kw_per_gpu_low",
                  "kw_per_gpu_high",
                  "price_usd_low",
                  "price_usd_high",
                  "h100_equivalents"),
              Rules.positiveBelow("power", "kw_per_gpu_low", LARGEST_KW),
              Rules.positiveBelow("power", "kw_per_gpu_high", LARGEST_KW),
              Rules.positiveBelow("price", "price_usd_low", LARGEST_PRICE_USD),
              Rules.positiveBelow("price", "price_usd_high", LARGEST_PRICE_USD),
              Rules.positiveBelow("equivalents", "h100_equivalents", LARGEST_H100),
              List.of(
                  Rules.invalidDate("known_date"),
                  Rules.lowAboveHigh("kw_per_gpu_low", "kw_per_gpu_high"),
                  Rules.lowAboveHigh("price_usd_low", "price_usd_high"))));

  @Override
  public String name() {
    return "conform-gpus";
  }

  @Override
  public String summary() {
    return "accelerators, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.GPUS));
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.GPUS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.GPU_MODELS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.GPUS);
    Dataset<Row> typed =
        input
            .rows()
            .withColumn("gpu_model", Parse.text("gpu_model"))
            .withColumn("vendor", Parse.text("vendor"))
            .withColumn("kw_per_gpu_low", Parse.number("kw_per_gpu_low"))
            .withColumn("kw_per_gpu_high", Parse.number("kw_per_gpu_high"))
            .withColumn("price_usd_low", Parse.number("price_usd_low"))
            .withColumn("price_usd_high", Parse.number("price_usd_high"))
            .withColumn("h100_equivalents", Parse.number("h100_equivalents"))
            .withColumn("known_date", Parse.date("known_date"))
            .withColumn("source_title", Parse.text("source_title"))
            .withColumn("source_url", Parse.text("source_url"));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
