package io.dealimpact.stage.conform;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Deals. One that names an unknown instrument, lies in the future or before the first bar is
 * accepted: its events say so. One without parties would have no event to say anything, so it goes
 * to quarantine.
 */
public final class ConformDeals implements Stage {
  private final ConformDealRows rows;

  /**
   * @param rows shared with the stage of the deals' parties
   */
  public ConformDeals(ConformDealRows rows) {
    this.rows = rows;
  }

  @Override
  public String name() {
    return "conform-deals";
  }

  @Override
  public String summary() {
    return "deals, typed and unique";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(ConformInput.table(Feed.DEALS));
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
    return Tables.DEALS;
  }

  @Override
  public StageResult run(StageContext context) {
    CheckedRows checked = rows.of(context);
    return ConformOutput.writeWhole(context, checked, output(), deals(checked));
  }

  private static Dataset<Row> deals(CheckedRows checked) {
    return checked
        .accepted()
        .withColumnRenamed("value_usd_low", "value_low_usd")
        .withColumnRenamed("value_usd_high", "value_high_usd");
  }
}
