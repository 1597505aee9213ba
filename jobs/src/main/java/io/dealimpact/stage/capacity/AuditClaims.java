package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.claim.PublishedSite;
import io.dealimpact.codec.ClaimAuditor;
import io.dealimpact.codec.DealCommitments;
import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.KeptRows;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import io.dealimpact.study.model.StandardModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Every printed figure held against what can be measured, under every reading of it. */
public final class AuditClaims implements Stage {
  /** What it reads; a sentence's pieces are judged by the same. */
  static final List<TableSpec> INPUTS =
      List.of(
          Tables.CLAIMS,
          Tables.DEALS,
          Tables.DEAL_PARTIES,
          Tables.CAPACITY_COMMITMENTS,
          Tables.GPU_MODELS,
          Tables.SITES,
          Tables.BARS,
          Tables.EVENT_IMPACT);

  @Override
  public String name() {
    return "audit-claims";
  }

  @Override
  public String summary() {
    return "every printed figure against every reading of it that the data can measure";
  }

  @Override
  public List<TableSpec> inputs() {
    return INPUTS;
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(Tables.CLAIMS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return read(configuration);
  }

  /** What {@link #evidence} reads, for a stage's settings. */
  static Map<String, Object> read(Configuration configuration) {
    return Map.of(
        "capacity.as_of", configuration.capacity().asOf(),
        "assumptions", CapacityInputs.assumptionsRead(configuration.capacity()));
  }

  @Override
  public TableSpec output() {
    return Tables.CLAIM_AUDIT;
  }

  @Override
  public StageResult run(StageContext context) {
    Dataset<Row> audited =
        KeptRows.of(evidence(context).flatMap(auditor(context), ClaimAuditor.encoder()));
    try {
      context.lake().replaceAll(output(), inOneUnitEach(audited), context.note());
      return StageResult.computed(verdicts(audited));
    } finally {
      audited.unpersist();
    }
  }

  /** The figures once more, each in columns of its own unit: no sum over one mixes units. */
  private static Dataset<Row> inOneUnitEach(Dataset<Row> audited) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String figure : List.of("claimed", "measured")) {
      for (String end : List.of("low", "high")) {
        Column value = col(figure + "_" + end);
        for (String unit : Tables.CLAIM_UNITS) {
          columns.put(String.join("_", figure, unit, end), when(col("unit").equalTo(unit), value));
        }
        columns.put(
            String.join("_", figure, "date", end),
            when(col("unit").equalTo("date"), date_from_unix_date(value.cast("int"))));
      }
    }
    return audited.withColumns(columns);
  }

  /** Each claim with all that was measured around it, as {@link ClaimAuditor} reads it. */
  static Dataset<Row> evidence(StageContext context) {
    Dataset<Row> claims = withDeals(context);
    return claims
        .join(commitments(context, claims), col("deal_id").equalTo(col("of_deal")), "left")
        .join(earlier(context, claims), col("claim_id").equalTo(col("counting_claim")), "left")
        .join(days(context, claims), col("claim_id").equalTo(col("day_claim")), "left")
        .select(ClaimAuditor.columns());
  }

  static ClaimAuditor auditor(StageContext context) {
    return new ClaimAuditor(
        CapacityInputs.catalogue(context),
        CapacityInputs.assumptions(context.configuration().capacity()),
        sites(context));
  }

  /** Claims with their deal's day, value, term and customers; NULL without a deal. */
  private static Dataset<Row> withDeals(StageContext context) {
    Dataset<Row> deals =
        context
            .read(Tables.DEALS)
            .select(
                col("deal_id").as("known_deal"),
                unix_date(col("announced_date")).as("announced_day"),
                col("value_low_usd"),
                col("value_high_usd"),
                col("term_years"));
    Dataset<Row> customers =
        context
            .read(Tables.DEAL_PARTIES)
            .where(col("role").equalTo("customer"))
            .groupBy(col("deal_id").as("customers_deal"))
            .agg(collect_set(col("organisation")).as("customers"));
    return context
        .read(Tables.CLAIMS)
        .join(deals, col("deal_id").equalTo(col("known_deal")), "left")
        .join(customers, col("deal_id").equalTo(col("customers_deal")), "left");
  }

  /** Commitments that a deal touches, and all others of its customers. */
  private static Dataset<Row> commitments(StageContext context, Dataset<Row> claims) {
    Dataset<Row> versions = context.read(Tables.CAPACITY_COMMITMENTS);
    Dataset<Row> customers =
        context
            .read(Tables.DEAL_PARTIES)
            .where(col("role").equalTo("customer"))
            .select(col("deal_id"), col("organisation"));
    Dataset<Row> claimed = claims.select(col("deal_id")).distinct();
    Dataset<Row> ofCustomers =
        customers
            .join(
                versions.select(col("customer"), col("commitment_id")).distinct(),
                col("organisation").equalTo(col("customer")))
            .select("deal_id", "commitment_id");
    Dataset<Row> relevant =
        DealCommitments.touched(versions)
            .union(ofCustomers)
            .distinct()
            .join(
                broadcast(claimed.select(col("deal_id").as("claimed_deal"))),
                col("deal_id").equalTo(col("claimed_deal")),
                "left_semi");
    return DealCommitments.of(relevant, versions);
  }

  /**
   * {@code counting_claim}, {@code earlier_deal_id}, {@code earlier_day}: the latest deal before a
   * claim's own in which the claim's subject and a customer of its deal are parties.
   */
  private static Dataset<Row> earlier(StageContext context, Dataset<Row> claims) {
    Dataset<Row> parties = context.read(Tables.DEAL_PARTIES);
    Dataset<Row> customers =
        parties
            .where(col("role").equalTo("customer"))
            .select(col("deal_id"), col("organisation").as("customer"))
            .distinct();
    Dataset<Row> mine =
        claims
            .select(
                col("claim_id"),
                col("deal_id").as("claim_deal"),
                col("subject"),
                col("announced_day").as("claim_day"))
            .join(customers, col("claim_deal").equalTo(col("deal_id")))
            .select("claim_id", "claim_deal", "subject", "claim_day", "customer");
    Dataset<Row> theirs =
        parties
            .select(col("deal_id").as("subject_deal"), col("organisation"), col("instrument_id"))
            .join(
                customers.select(col("deal_id").as("other_deal"), col("customer").as("other_of")),
                col("subject_deal").equalTo(col("other_deal")))
            .join(
                context
                    .read(Tables.DEALS)
                    .select(
                        col("deal_id").as("dated_deal"),
                        unix_date(col("announced_date")).as("other_day")),
                col("subject_deal").equalTo(col("dated_deal")));
    return mine.join(
            theirs,
            col("customer")
                .equalTo(col("other_of"))
                .and(isSubject())
                .and(col("other_day").lt(col("claim_day"))))
        .groupBy(col("claim_id").as("counting_claim"))
        .agg(max(struct(col("other_day"), col("other_deal"))).as("latest"))
        .select(
            col("counting_claim"),
            col("latest.other_deal").as("earlier_deal_id"),
            col("latest.other_day").as("earlier_day"));
  }

  private static Column isSubject() {
    return col("organisation")
        .equalTo(col("subject"))
        .or(col("instrument_id").equalTo(col("subject")));
  }

  /**
   * {@code day_claim} and the prices of the claim's share on day 0 of its deal, with what came
   * before, and what is left of the day net of the market, and net of market and sector.
   */
  private static Dataset<Row> days(StageContext context, Dataset<Row> claims) {
    Dataset<Row> shares =
        context
            .read(Tables.DEAL_PARTIES)
            .where(col("instrument_id").isNotNull())
            .select(col("deal_id").as("party_deal"), col("organisation"), col("instrument_id"));
    Dataset<Row> events =
        context
            .read(Tables.EVENT_IMPACT)
            .where(
                col("window_start")
                    .equalTo(0)
                    .and(col("window_end").equalTo(0))
                    .and(col("event_date").isNotNull()))
            .groupBy(
                col("deal_id").as("event_deal"),
                col("instrument_id").as("event_instrument"),
                col("event_date"))
            .agg(
                max(col("market_cap_before_usd")).as("market_cap_before_usd"),
                under(StandardModel.MARKET_MODEL).as("net_of_market"),
                under(StandardModel.MARKET_SECTOR).as("net_of_market_and_sector"));
    Dataset<Row> wanted =
        claims
            .select(col("claim_id"), col("deal_id").as("claim_deal"), col("subject"))
            .join(shares, col("claim_deal").equalTo(col("party_deal")).and(isSubject()))
            .groupBy("claim_id", "claim_deal")
            .agg(min(col("instrument_id")).as("claim_instrument"))
            .join(
                events,
                col("claim_deal")
                    .equalTo(col("event_deal"))
                    .and(col("claim_instrument").equalTo(col("event_instrument"))));
    return wanted
        .withColumnRenamed("claim_id", "day_claim")
        .drop("claim_deal", "event_deal", "event_instrument")
        .join(
            prices(context, wanted),
            col("claim_instrument")
                .equalTo(col("instrument_id"))
                .and(col("event_date").equalTo(col("trade_date"))))
        .drop("instrument_id", "trade_date");
  }

  /** The abnormal return and dollars under a model; NULL where the study has no such model. */
  private static Column under(StandardModel model) {
    return max(when(col("model").equalTo(model.code()), struct(ClaimAuditor.netColumns())));
  }

  private static Dataset<Row> prices(StageContext context, Dataset<Row> wanted) {
    Dataset<Row> bars = context.read(Tables.BARS);
    WindowSpec inOrder = Window.partitionBy("instrument_id").orderBy("trade_date");
    WindowSpec before = inOrder.rowsBetween(Window.unboundedPreceding(), -1);
    return bars.join(
            broadcast(wanted.select(col("claim_instrument").as("wanted")).distinct()),
            col("instrument_id").equalTo(col("wanted")),
            "left_semi")
        .select(
            col("instrument_id"),
            col("trade_date"),
            col("open"),
            col("high"),
            col("low"),
            col("close"),
            lag(col("close"), 1).over(inOrder).as("close_before"),
            max(col("close")).over(before).as("highest_close_before"),
            max(col("high")).over(before).as("highest_high_before"),
            unix_date(min(col("trade_date")).over(before)).as("first_day"));
  }

  private static List<PublishedSite> sites(StageContext context) {
    return context
        .read(Tables.SITES)
        .where(col("power_gw").gt(0))
        .orderBy("publisher", "site", "as_of")
        .select(ClaimAuditor.siteColumns())
        .collectAsList()
        .stream()
        .map(ClaimAuditor::site)
        .toList();
  }

  private static String verdicts(Dataset<Row> audited) {
    return RowsAsText.asText(
            audited
                .where(col("is_deciding"))
                .groupBy("verdict")
                .agg(count(lit(1)).as("claims"))
                .orderBy("verdict"),
            10)
        .stream()
        .map(row -> row[1] + " " + row[0])
        .collect(Collectors.joining(", "));
  }
}
