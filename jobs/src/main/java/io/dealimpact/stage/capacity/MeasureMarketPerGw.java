package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.quarter;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.codec.ContractedSpans;
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
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Market value beside GW under signed contract, for each listed provider and quarter: what its
 * announcements added in the quarter, what they added so far, and what all of it is worth.
 */
public final class MeasureMarketPerGw implements Stage {
  @Override
  public String name() {
    return "measure-market-per-gw";
  }

  @Override
  public String summary() {
    return "abnormal and total market value per contracted GW, by company and quarter";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(
        Tables.CAPACITY_COMMITMENTS,
        Tables.GPU_MODELS,
        Tables.DEAL_PARTIES,
        Tables.EVENT_IMPACT,
        Tables.DAILY_MOVES);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(Tables.CAPACITY_COMMITMENTS, Tables.DEAL_PARTIES);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of(
        "capacity.as_of", configuration.capacity().asOf(),
        "capacity.assumed_ramp_days", configuration.capacity().assumedRampDays());
  }

  @Override
  public TableSpec output() {
    return Tables.MARKET_PER_GW;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> rows =
        contracted(context)
            .join(listed(context), col("provider").equalTo(col("organisation")))
            .join(
                values(context),
                col("instrument_id")
                    .equalTo(col("valued"))
                    .and(col("quarter_start").equalTo(col("valued_quarter"))),
                "left")
            .join(
                gains(context),
                col("instrument_id")
                    .equalTo(col("gaining"))
                    .and(col("quarter_start").equalTo(col("gaining_quarter"))),
                "left")
            .withColumn("quarter_end", date_sub(add_months(col("quarter_start"), 3), 1))
            .withColumn(
                "quarter",
                concat(
                    year(col("quarter_start")).cast("string"),
                    lit("Q"),
                    quarter(col("quarter_start")).cast("string")))
            .withColumn("company_days", coalesce(col("company_days"), lit(0L)))
            .withColumn(
                "abnormal_usd_per_gw", try_divide(col("abnormal_usd"), col("contracted_gw")))
            .withColumn(
                "market_cap_usd_per_gw", try_divide(col("market_cap_usd"), col("contracted_gw")));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }

  /** {@code provider, quarter_start, contracted_gw, joint_gw} at each quarter's end. */
  private static Dataset<Row> contracted(StageContext context) {
    Dataset<Row> versions = CapacityInputs.known(context).select(CommitmentRows.columns());
    Dataset<Row> spans =
        versions
            .groupBy(col("commitment_id"))
            .as(Encoders.STRING(), Encoders.row(versions.schema()))
            .flatMapGroups(
                new ContractedSpans(
                    CapacityInputs.catalogue(context),
                    CapacityInputs.scheduleDefaults(context.configuration().capacity())),
                ContractedSpans.encoder());
    Dataset<Row> quarters =
        CapacityInputs.known(context)
            .agg(min(col("known_date")).as("first"), max(col("known_date")).as("last"))
            .where(col("first").isNotNull())
            .select(
                explode(
                        sequence(
                            trunc(col("first"), "quarter"),
                            trunc(col("last"), "quarter"),
                            expr("interval 3 months")))
                    .as("quarter_start"));
    Column end = unix_date(add_months(col("quarter_start"), 3)).minus(1);
    return spans
        .join(
            quarters,
            col("from_day").leq(end).and(col("until_day").isNull().or(col("until_day").gt(end))))
        .groupBy("provider", "quarter_start")
        .agg(
            inOrder(when(not(col("is_joint")), col("power_gw"))).as("contracted_gw"),
            inOrder(when(col("is_joint"), col("power_gw"))).as("joint_gw"));
  }

  private static Dataset<Row> listed(StageContext context) {
    return context
        .read(Tables.DEAL_PARTIES)
        .where(col("instrument_id").isNotNull())
        .groupBy("organisation")
        .agg(min(col("instrument_id")).as("instrument_id"));
  }

  /** Market value at the last close of each quarter. */
  private static Dataset<Row> values(StageContext context) {
    return context
        .read(Tables.DAILY_MOVES)
        .where(col("market_cap_usd").isNotNull())
        .groupBy(
            col("instrument_id").as("valued"),
            trunc(col("trade_date"), "quarter").as("valued_quarter"))
        .agg(max(struct(col("trade_date"), col("market_cap_usd"))).as("last"))
        .select(
            col("valued"),
            col("valued_quarter"),
            col("last.trade_date").as("valued_on"),
            col("last.market_cap_usd").as("market_cap_usd"));
  }

  /** Abnormal USD of day 0 under the headline model; several deals of one day are one gain. */
  private static Dataset<Row> gains(StageContext context) {
    return context
        .read(Tables.EVENT_IMPACT)
        .where(Headlines.dayZero().and(col("is_primary")).and(col("abnormal_usd").isNotNull()))
        .groupBy(
            col("instrument_id").as("gaining"),
            trunc(col("event_date"), "quarter").as("gaining_quarter"))
        .agg(inOrder(col("abnormal_usd")).as("abnormal_usd"), count(lit(1)).as("company_days"));
  }

  /** The sum, smallest first: the same to the last bit however the rows are divided. */
  private static Column inOrder(Column value) {
    return aggregate(array_sort(collect_list(value)), lit(0.0), (sum, next) -> sum.plus(next));
  }
}
