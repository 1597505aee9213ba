package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.capacity.cost.CapexAssumptions;
import io.dealimpact.capacity.cost.DealCost;
import io.dealimpact.codec.DealCommitments;
import io.dealimpact.codec.DealEconomics;
import io.dealimpact.codec.Headlines;
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
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

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
        Tables.SITES,
        Tables.EVENT_IMPACT,
        Tables.EVENTS_FLAT,
        Tables.DEAL_IMPACT);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of(
        "capacity.as_of", configuration.capacity().asOf(),
        "capacity.assumed_ramp_days", configuration.capacity().assumedRampDays(),
        "assumptions", CapacityInputs.assumptionsRead(configuration.capacity()));
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
                col("deal_type"),
                col("status").as("deal_status"),
                col("announced_date"),
                col("value_type"),
                coalesce(contract.or(undisclosed), lit(true)).as("is_price"),
                when(contract, col("value_low_usd")).as("contract_low_usd"),
                when(contract, col("value_high_usd")).as("contract_high_usd"),
                col("term_years"));
    Dataset<Row> commitments = DealCommitments.of(DealCommitments.touched(versions), versions);
    CapexAssumptions article = CapacityInputs.assumptions(context.configuration().capacity());
    Dataset<Row> measured =
        deals
            .join(commitments, col("deal_id").equalTo(col("of_deal")), "left")
            .join(gains(context, versions), col("deal_id").equalTo(col("gained_deal")), "left")
            .join(net(context), col("deal_id").equalTo(col("net_deal")), "left")
            .select(DealEconomics.columns())
            .map(
                new DealEconomics(
                    CapacityInputs.catalogue(context),
                    CapacityInputs.scheduleDefaults(context.configuration().capacity()),
                    new DealCost.Costs(CapacityInputs.published(context).orElse(article), article)),
                DealEconomics.encoder())
            .withColumn("event_date", date_from_unix_date(col("event_day")))
            .withColumn("gainers", split(col("gained_by"), ", "));
    Dataset<Row> days =
        deals.select(
            col("deal_id").as("dated_deal"),
            col("deal_status"),
            unix_date(col("announced_date")).as("day"));
    Dataset<Row> rows =
        atPeerPrices(
            measured.join(days, col("deal_id").equalTo(col("dated_deal"))).drop("dated_deal"));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }

  /**
   * What the dollars of a rent would buy at the price of a GW-year of the rents known by its day
   * whose parties state dollars, term and power themselves; for those whose power is an estimate.
   */
  private static Dataset<Row> atPeerPrices(Dataset<Row> measured) {
    Column isPeer = col("charge").equalTo("compute").and(col("power_by").equalTo("the parties"));
    Column price = when(isPeer, col("usd_per_gw_year_mid"));
    WindowSpec known =
        Window.partitionBy(col("charge"))
            .orderBy(col("day"))
            .rangeBetween(Window.unboundedPreceding(), Window.currentRow());
    Column usdPerYear = try_divide(col("value_usd_mid"), col("term_years"));
    Column isAsked = col("charge").equalTo("compute").and(not(coalesce(isPeer, lit(false))));
    return measured
        .withColumn("peers", when(isAsked, count(price).over(known)))
        .withColumn("peer_usd_per_gw_year_low", when(isAsked, min(price).over(known)))
        .withColumn("peer_usd_per_gw_year_high", when(isAsked, max(price).over(known)))
        .withColumn(
            "gw_at_peer_price_low", try_divide(usdPerYear, col("peer_usd_per_gw_year_high")))
        .withColumn(
            "gw_at_peer_price_high", try_divide(usdPerYear, col("peer_usd_per_gw_year_low")))
        .drop("day");
  }

  /** {@code net_deal} with the net of all its listed parties on day 0, where all have a figure. */
  private static Dataset<Row> net(StageContext context) {
    return context
        .read(Tables.DEAL_IMPACT)
        .where(Headlines.dayZero().and(col("status").equalTo("OK")))
        .where(col("parties_listed").equalTo(col("parties_measured")))
        .select(
            col("deal_id").as("net_deal"),
            col("parties_listed").cast("long").as("net_parties"),
            col("net_abnormal_usd_low").as("net_usd_low"),
            col("net_abnormal_usd").as("net_usd_mid"),
            col("net_abnormal_usd_high").as("net_usd_high"));
  }

  /** {@code verdict_of, p_value, q_value} of each company-day. */
  private static Dataset<Row> verdicts(StageContext context) {
    return context
        .read(Tables.EVENTS_FLAT)
        .select(col("company_day").as("verdict_of"), col("p_value"), col("q_value"));
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
                Headlines.dayZero()
                    .and(col("abnormal_usd_low").isNotNull())
                    .and(col("abnormal_usd").isNotNull())
                    .and(col("abnormal_usd_high").isNotNull()));
    return dayZero
        .join(verdicts(context), col("company_day").equalTo(col("verdict_of")), "left")
        .join(
            providers,
            col("deal_id")
                .equalTo(col("party_deal"))
                .and(col("instrument_id").equalTo(col("party_instrument"))))
        .groupBy(col("party_deal").as("gained_deal"))
        .agg(array_sort(collect_list(struct(DealEconomics.gainColumns()))).as("gains"));
  }
}
