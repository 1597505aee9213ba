package io.dealimpact.stage.dimension;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Names and labels of deals: all of silver, and those that other tables name alone. */
public final class LabelDeals implements Stage {
  private static final List<TableSpec> NAME_DEALS =
      List.of(
          Tables.CAPACITY_COMMITMENTS,
          Tables.EVENT_IMPACT,
          Tables.DEAL_IMPACT,
          Tables.CAPACITY_ECONOMICS,
          Tables.CLAIM_AUDIT,
          Tables.ARTICLE_CHECK);

  @Override
  public String name() {
    return "label-deals";
  }

  @Override
  public String summary() {
    return "deals with their names, kinds and organisations, for people";
  }

  @Override
  public List<TableSpec> inputs() {
    return Stream.concat(Stream.of(Tables.DEALS, Tables.DEAL_PARTIES), NAME_DEALS.stream())
        .toList();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Dimensions.DEAL;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> deals = context.read(Tables.DEALS).withColumnRenamed("status", "deal_status");
    Dataset<Row> ids =
        Mentioned.in(context, NAME_DEALS, "deal_id").union(deals.select("deal_id")).distinct();
    Dataset<Row> organisations =
        context
            .read(Tables.DEAL_PARTIES)
            .groupBy("deal_id")
            .agg(array_sort(collect_set(col("organisation"))).as("organisations"));
    Dataset<Row> rows =
        ids.join(deals, "deal_id", "left")
            .join(organisations, "deal_id", "left")
            .withColumn("label", coalesce(col("title"), col("deal_id")));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }
}
