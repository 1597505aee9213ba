package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.DealEconomics;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a deal's figures imply: GPUs a GW, cost, price a GW-year and a GPU-hour, and the market
 * value that its providers gained for each. Who provides is who the commitments name, else the
 * parties in that role.
 */
public final class MeasureCapacityEconomics implements Stage {
  /** Kinds of value that are a price of capacity; equity, backlogs and building costs are not. */
  private static final Object[] CONTRACTS = {
    "contract_value", "lease_value", "purchase_commitment", "capacity_backstop"
  };

  @Override
  public String name() {
    return "measure-capacity-economics";
  }

  @Override
  public String summary() {
    return "GPUs a GW, cost, price a GW-year and GPU-hour, market value gained for each";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(
        Tables.DEALS,
        Tables.DEAL_PARTIES,
        Tables.CAPACITY_COMMITMENTS,
        Tables.GPU_MODELS,
        Tables.EVENT_IMPACT);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of(
        "capacity.as_of", configuration.capacity().asOf(),
        "assumptions", CapacityInputs.assumptionsRead(configuration.capacity()),
        "study.models first", configuration.study().models().get(0));
  }

  @Override
  public TableSpec output() {
    return Tables.CAPACITY_ECONOMICS;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> versions = CapacityInputs.known(context);
    Column contract = coalesce(col("value_type"), lit("contract_value")).isin(CONTRACTS);
    Column undisclosed = col("value_type").equalTo("undisclosed");
    Dataset<Row> deals =
        context
            .read(Tables.DEALS)
            .select(
                col("deal_id"),
                col("value_type"),
                coalesce(contract.or(undisclosed), lit(true)).as("is_price"),
                when(contract, col("value_low_usd")).as("contract_low_usd"),
                when(contract, col("value_high_usd")).as("contract_high_usd"),
                col("term_years"));
    Dataset<Row> commitments = DealCommitments.of(DealCommitments.touched(versions), versions);
    Dataset<Row> rows =
        deals
            .join(commitments, col("deal_id").equalTo(col("of_deal")), "left")
            .join(gains(context, versions), col("deal_id").equalTo(col("gained_deal")), "left")
            .select(DealEconomics.columns())
            .map(
                new DealEconomics(
                    CapacityInputs.catalogue(context),
                    CapacityInputs.assumptions(context.configuration().capacity())),
                DealEconomics.encoder());
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }

  /** {@code gained_deal} and {@code gains}: its listed providers' abnormal USD on day 0. */
  private static Dataset<Row> gains(StageContext context, Dataset<Row> versions) {
    Dataset<Row> named =
        versions
            .select(
                col("deal_id").as("named_deal"),
                explode(split(col("provider"), " \\+ ")).as("named_provider"))
            .distinct();
    Dataset<Row> parties =
        context
            .read(Tables.DEAL_PARTIES)
            .where(col("instrument_id").isNotNull())
            .select(
                col("deal_id").as("party_deal"),
                col("organisation"),
                col("role").as("party_role"),
                col("instrument_id").as("party_instrument"));
    Dataset<Row> providers =
        parties
            .join(
                named,
                col("party_deal")
                    .equalTo(col("named_deal"))
                    .and(col("organisation").equalTo(col("named_provider"))),
                "left")
            .where(col("named_deal").isNotNull().or(col("party_role").equalTo("provider")))
            .select("party_deal", "party_instrument")
            .distinct();
    Dataset<Row> dayZero =
        context
            .read(Tables.EVENT_IMPACT)
            .where(
                col("model")
                    .equalTo(context.configuration().study().models().get(0))
                    .and(col("window_start").equalTo(0))
                    .and(col("window_end").equalTo(0))
                    .and(col("abnormal_usd_low").isNotNull())
                    .and(col("abnormal_usd").isNotNull())
                    .and(col("abnormal_usd_high").isNotNull()));
    return dayZero
        .join(
            providers,
            col("deal_id")
                .equalTo(col("party_deal"))
                .and(col("instrument_id").equalTo(col("party_instrument"))))
        .groupBy(col("party_deal").as("gained_deal"))
        .agg(array_sort(collect_list(struct(DealEconomics.gainColumns()))).as("gains"));
  }
}
