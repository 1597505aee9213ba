package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.try_divide;

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

/** Splits, each with the first day at the new count. */
public final class ConformSplits implements Stage {
  private static final double LARGEST_RATIO = 1e6;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "splits",
          Tables.SPLITS.keys(),
          List.of("ratio"),
          Rules.inOrder(
              ConformInstrumentLookup.rules(),
              List.of(
                  Rules.missingDate("effective_date"),
                  Rules.invalidDate("effective_date"),
                  Rules.implausibleDate("effective_date"),
                  new Rule(
                      "missing-ratio",
                      Parse.value("ratio").isNull().and(Parse.value("split_to").isNull()),
                      lit("ratio is missing, and there is no split_to and split_from"))),
              Rules.numbers("ratio"),
              Rules.within("ratio", "ratio", 1 / LARGEST_RATIO, LARGEST_RATIO)));

  @Override
  public String name() {
    return "conform-splits";
  }

  @Override
  public String summary() {
    return "splits, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.SPLITS), Tables.INSTRUMENTS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.SPLITS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.SPLITS;
  }

  @Override
  public StageResult run(StageContext context) {
    ConformInput input = ConformInput.of(context, Feed.SPLITS);
    Dataset<Row> typed =
        ConformInstrumentLookup.resolveByIdOrTicker(
                context, input.rows(), Parse.date("effective_date"))
            .withColumn("effective_date", Parse.date("effective_date"))
            .withColumn(
                "ratio",
                coalesce(
                    Parse.ratio("ratio"),
                    try_divide(Parse.number("split_to"), Parse.number("split_from"))));
    try (CheckedRows checked = CHECKS.check(typed)) {
      return ConformOutput.writeWhole(context, checked, output(), checked.accepted());
    }
  }
}
