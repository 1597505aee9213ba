package io.dealimpact.stage;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import java.util.List;

/** The bronze tables that the Conform stages read. */
final class ConformFeeds {
  static final TableSpec INSTRUMENTS =
      bronze("instruments", "instrument_id ticker name organisation exchange currency kind cik");
  static final TableSpec BARS =
      bronze(
          "bars",
          "instrument_id ticker trade_date open high low close adjusted_close volume split_ratio"
              + " dividend");
  static final TableSpec SHARES =
      bronze("shares", "instrument_id cik entity_name effective_date shares known_date source");
  static final TableSpec MARKET_CAPS = bronze("market_caps", "instrument_id trade_date market_cap");
  static final TableSpec FX = bronze("fx", "currency trade_date usd_per_unit");
  static final TableSpec SPLITS = bronze("splits", "instrument_id effective_date ratio");
  static final TableSpec CALENDAR = bronze("calendar", "exchange trade_date open_time close_time");
  static final TableSpec EARNINGS = bronze("earnings", "instrument_id announced_at");
  static final TableSpec FACTORS =
      bronze("factors", "factor_set trade_date mkt_rf smb hml rmw cma umd rf unit");
  static final TableSpec DEALS =
      bronze(
          "deals",
          "deal_id announced_at title deal_type status value_usd_low value_usd_high term_years"
              + " parties source_title source_url value_type");
  static final TableSpec CAPACITY =
      bronze(
          "capacity",
          "commitment_id deal_id provider customer gpu_model gpus_low gpus_high power_gw_low"
              + " power_gw_high value_usd_low value_usd_high first_power_date full_power_date"
              + " status ramp known_date source_title source_url");
  static final TableSpec GPUS =
      bronze(
          "gpus",
          "gpu_model vendor kw_per_gpu_low kw_per_gpu_high price_usd_low price_usd_high"
              + " source_title source_url");
  static final TableSpec CLAIMS =
      bronze(
          "claims",
          "claim_id deal_id subject metric claimed_low claimed_high unit as_printed source_title"
              + " source_url");

  private ConformFeeds() {}

  private static TableSpec bronze(String feed, String columns) {
    return Tables.bronze(feed, List.of(columns.split(" ", -1)));
  }
}
