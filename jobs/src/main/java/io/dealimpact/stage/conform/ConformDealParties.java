package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.quality.FeedChecks;
import io.dealimpact.quality.Parse;
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

/** The parties of the deals that were accepted; what is counted here are parties, not deals. */
public final class ConformDealParties implements Stage {
  /** More than the values that a record of JSON may have. */
  private static final long MOST_PARTIES = 1_000_000;

  private static final FeedChecks CHECKS =
      new FeedChecks(
          "deal_parties",
          Tables.DEAL_PARTIES.keys(),
          List.of("instrument_id"),
          Rules.inOrder(
              List.of(
                  Rules.missing("organisation"),
                  Rules.missing("role"),
                  Rules.unknownWord(
                      "role",
                      List.of("provider", "customer", "supplier", "investor", "competitor"))),
              Rules.names("organisation", "instrument_id")));

  private final ConformDealRows deals;

  /**
   * @param deals shared with the stage of the deals
   */
  public ConformDealParties(ConformDealRows deals) {
    this.deals = deals;
  }

  @Override
  public String name() {
    return "conform-deal-parties";
  }

  @Override
  public String summary() {
    return "parties of the accepted deals, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.DEALS), Tables.DEALS);
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(ConformInput.table(Feed.DEALS));
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of("quality", configuration.quality());
  }

  @Override
  public TableSpec output() {
    return Tables.DEAL_PARTIES;
  }

  @Override
  public StageResult run(StageContext context) {
    try (CheckedRows parties =
        CHECKS.check(parties(deals.of(context).accepted(), context.read(Tables.DEALS)))) {
      return ConformOutput.writeWhole(context, parties, output(), parties.accepted());
    }
  }

  /** One row a party, shaped as if it had been delivered so. */
  private static Dataset<Row> parties(Dataset<Row> accepted, Dataset<Row> deals) {
    return accepted
        .join(deals.select("deal_id"), "deal_id", "left_semi")
        .select(
            col("deal_id"),
            col("source_file"),
            col("source_sha256"),
            col("source_line"),
            col(DeliveredRows.FILE_RANK),
            col(DeliveredRows.ELEMENT).as("deal"),
            posexplode(col(ConformDealRows.PARTIES)).as(new String[] {"element", "party"}))
        .select(
            col("deal_id"),
            delivered("organisation"),
            delivered("role"),
            delivered("instrument_id"),
            col("deal").multiply(MOST_PARTIES).plus(col("element")).as(DeliveredRows.ELEMENT),
            col("party").as("raw_record"),
            lit(null).cast("string").as("extra_fields"),
            lit(null).cast("string").as("read_error"),
            lit(null).cast("string").as("read_error_detail"),
            col("source_file"),
            col("source_sha256"),
            col("source_line"),
            col(DeliveredRows.FILE_RANK))
        .withColumn("organisation", Parse.text("organisation"))
        .withColumn("role", Parse.lowerText("role"))
        .withColumn("instrument_id", Parse.value("instrument_id"));
  }

  private static Column delivered(String field) {
    return DeliveredRows.as(field, get_json_object(col("party"), "$." + field));
  }
}
