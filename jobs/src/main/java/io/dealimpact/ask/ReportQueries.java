package io.dealimpact.ask;

/**
 * The queries behind the report, as a reader can run them. {@code :headline} stands for the rows
 * that stand for an event or a deal on day 0 ({@link io.dealimpact.codec.Headlines}), {@code
 * :model} for the model of the study's groups, {@code :deals} for a condition on the column before
 * it.
 */
final class ReportQueries {
  private ReportQueries() {}

  static final String DEALS =
      """
      SELECT * FROM (
        SELECT d.deal_id, d.announced_date, d.title, d.deal_type, d.status AS deal_status,
          d.value_low_usd, d.value_high_usd, d.value_type, d.term_years,
          i.event_date, i.model, i.status, i.status_reason, i.parties_listed, i.parties_measured,
          i.gained, i.lost, i.net_raw_close_usd,
          i.net_abnormal_usd, i.net_abnormal_usd_low, i.net_abnormal_usd_high,
          d.confounders, d.source_title, d.source_url,
          row_number() OVER (ORDER BY d.announced_date DESC, d.deal_id) AS newest,
          row_number() OVER (ORDER BY abs(i.net_abnormal_usd) DESC NULLS LAST, d.deal_id) AS biggest
        FROM silver.deals d
        LEFT JOIN gold.deal_impact i
          ON i.deal_id = d.deal_id AND :headline)
      WHERE newest <= 8 OR (biggest <= 8 AND net_abnormal_usd IS NOT NULL)
      ORDER BY announced_date DESC, deal_id""";

  static final String PARTIES =
      """
      SELECT deal_id, organisation, role, instrument_id
      FROM silver.deal_parties
      WHERE deal_id :deals
      ORDER BY deal_id, role, organisation""";

  static final String EVENTS =
      """
      SELECT e.deal_id, e.event_id, e.instrument_id, e.role, e.event_date, e.window_start,
        e.window_end, e.model, e.sector_benchmark, e.status, e.status_reason, e.car, e.car_se, e.car_p,
        e.history_p, e.history_n, e.market_cap_before_usd, e.raw_open_usd, e.raw_close_usd,
        e.raw_high_usd, e.market_usd, e.sector_usd, e.own_usd, e.drift_usd,
        e.abnormal_usd_low, e.abnormal_usd_high, e.own_ci_low_usd, e.own_ci_high_usd,
        e.detectable_usd, e.confounders, e.is_record_close, f.p_text, f.q_value, f.verdict
      FROM gold.event_impact e
      LEFT JOIN gold.events_flat f
        ON f.company_day = e.company_day AND e.window_start = 0 AND e.window_end = 0
      WHERE e.is_headline AND e.deal_id :deals
      ORDER BY e.deal_id, e.event_id, e.window_end - e.window_start, e.window_start DESC""";

  static final String PATHS =
      """
      SELECT e.deal_id, r.event_id, e.instrument_id, r.relative_day, r.trade_date,
        round(r.abnormal_return, 6) AS abnormal_return,
        round(sum(r.abnormal_return) OVER so_far, 6) AS car,
        round(sqrt(sum(power(coalesce(try_divide(r.abnormal_return, r.standardized_ar), f.sigma), 2))
          OVER so_far), 6) AS car_sd
      FROM gold.abnormal_returns r
      JOIN gold.model_fits f ON f.event_id = r.event_id AND f.model = r.model
      JOIN gold.event_impact e ON e.event_id = r.event_id AND e.model = r.model AND :headline
      WHERE e.deal_id :deals
      WINDOW so_far AS (PARTITION BY r.event_id ORDER BY r.relative_day)
      ORDER BY e.deal_id, r.event_id, r.relative_day""";

  /**
   * Earlier days of the deal's largest party, in stretches as long as the path of the event: what
   * the event's own fit leaves of them. The days of other events are among them. Models whose fit
   * has more terms than market and sector have none. {@code :first} and {@code :days} are the event
   * window, {@code :return} a return from the day before.
   */
  static final String PLACEBO =
      """
      WITH largest AS (
        SELECT * FROM (
          SELECT deal_id, event_id, instrument_id, model, benchmark, sector_benchmark,
            row_number() OVER (PARTITION BY deal_id
              ORDER BY abs(own_usd) DESC NULLS LAST, abs(car) DESC NULLS LAST, event_id) AS place
          FROM gold.event_impact
          WHERE :headline AND status = 'OK' AND deal_id :deals)
        WHERE place = 1),
      returns AS (
        SELECT instrument_id, trade_date, :return AS r FROM silver.bars
        WHERE instrument_id IN (
          SELECT explode(array(instrument_id, benchmark, sector_benchmark)) FROM largest)
        WINDOW in_order AS (PARTITION BY instrument_id ORDER BY trade_date)),
      residuals AS (
        SELECT l.deal_id, l.event_id, own.trade_date,
          own.r - coalesce(f.coefficients['alpha'], 0) - f.beta * market.r
            - coalesce(f.coefficients['gamma'] * sector.r, 0) AS ar,
          row_number() OVER (PARTITION BY l.event_id ORDER BY own.trade_date DESC) - 1 AS back,
          count(*) OVER (PARTITION BY l.event_id) AS known
        FROM largest l
        JOIN gold.model_fits f ON f.event_id = l.event_id AND f.model = l.model
        JOIN returns own ON own.instrument_id = l.instrument_id
          AND own.trade_date BETWEEN f.estimation_start AND f.estimation_end
        JOIN returns market ON market.instrument_id = l.benchmark
          AND market.trade_date = own.trade_date
        LEFT JOIN returns sector ON sector.instrument_id = l.sector_benchmark
          AND sector.trade_date = own.trade_date
        WHERE l.model IN ('market-model', 'market-sector')
          AND (f.coefficients['gamma'] IS NULL OR sector.r IS NOT NULL)),
      stretches AS (
        SELECT deal_id, event_id, trade_date, ar, back DIV :days AS stretch,
          :first + :days - 1 - back % :days AS relative_day
        FROM residuals
        WHERE back DIV :days < least(6, known DIV :days))
      SELECT deal_id, event_id, min(trade_date) OVER (PARTITION BY event_id, stretch) AS begins,
        relative_day,
        round(sum(ar) OVER (PARTITION BY event_id, stretch ORDER BY relative_day), 4) AS car
      FROM stretches
      ORDER BY deal_id, begins, relative_day""";

  static final String RANKS =
      """
      SELECT e.deal_id, e.event_id, e.instrument_id, e.event_date,
        d.simple_return, count(h.simple_return) AS days,
        count_if(h.simple_return > d.simple_return) AS larger,
        count_if(h.simple_return < d.simple_return) AS smaller,
        d.change_close_usd, count(h.change_close_usd) AS days_usd,
        count_if(h.change_close_usd > d.change_close_usd) AS larger_usd,
        count_if(h.change_close_usd < d.change_close_usd) AS smaller_usd
      FROM gold.event_impact e
      JOIN gold.daily_moves d ON d.instrument_id = e.instrument_id AND d.trade_date = e.event_date
      JOIN gold.daily_moves h ON h.instrument_id = e.instrument_id AND h.trade_date <= e.event_date
      WHERE :headline AND e.deal_id :deals
      GROUP BY e.deal_id, e.event_id, e.instrument_id, e.event_date, d.simple_return,
        d.change_close_usd
      ORDER BY e.deal_id, e.event_id""";

  static final String CLAIMS =
      """
      SELECT deal_id, claim_id, as_printed, verdict, explanation, reading, unit,
        claimed_low, claimed_high, measured_low, measured_high
      FROM gold.claim_audit
      WHERE is_deciding AND deal_id :deals
      ORDER BY deal_id, verdict, claim_id""";

  static final String CHOICES =
      """
      SELECT e.deal_id, r.subject, r.benchmark, r.model, r.test, r.is_baseline, r.car, r.p_value,
        r.status, r.range, r.verdict
      FROM gold.robustness r
      JOIN (
        SELECT deal_id, event_id,
          row_number() OVER (PARTITION BY deal_id
            ORDER BY abs(own_usd) DESC NULLS LAST, abs(car) DESC NULLS LAST, event_id) AS place
        FROM gold.event_impact
        WHERE :headline AND deal_id :deals) e
        ON e.event_id = r.subject AND e.place = 1
      WHERE r.level = 'event' AND r.window_start = 0 AND r.window_end = 0
      ORDER BY e.deal_id, r.car, r.p_value, r.benchmark, r.model, r.test""";

  static final String CAPACITY =
      """
      SELECT commitment_status, quarter, as_of, power_online_gw_low, power_online_gw_mid,
        power_online_gw_high, power_online_gw_p05, power_online_gw_p95,
        power_committed_gw_low, power_committed_gw_high, commitments, without_power, without_dates,
        assumed_gw, expected_gw, forecast_gw_p05, forecast_gw_p95, built_gw
      FROM gold.capacity_by_quarter
      LEFT JOIN (
        SELECT quarter_end AS built_at, sum(built_gw) AS built_gw
        FROM (
          SELECT provider, customer, quarter_end, max(built_gw) AS built_gw
          FROM gold.delivery
          GROUP BY provider, customer, quarter_end)
        GROUP BY quarter_end)
        ON built_at = quarter_end
      WHERE provider = 'ALL' AND customer = 'ALL' AND gpu_model = 'ALL'
        AND year(quarter_end) <= year(as_of) + 5
      ORDER BY CASE commitment_status WHEN 'signed' THEN 1 WHEN 'announced' THEN 2
        WHEN 'planned' THEN 3 ELSE 4 END, quarter""";

  static final String SHARES =
      """
      WITH customers AS (
        SELECT *, max(CASE WHEN moment = 'after' THEN as_of END) OVER (PARTITION BY focal) AS changed
        FROM gold.commitment_shares
        WHERE view = 'customer' AND measure = 'usd' AND status_floor = 'announced'
          AND kind = 'single'),
      newest AS (
        SELECT *, max(total_mid) OVER (PARTITION BY focal) AS total
        FROM customers
        WHERE (moment = 'after' AND as_of = changed)
          OR (moment = 'before' AND as_of = date_sub(changed, 1)))
      SELECT focal, counterparty, moment, as_of, deal_ids, amount_low, amount_mid, amount_high,
        share_low, share_mid, share_high, hhi_low, hhi_mid, hhi_high, total
      FROM newest
      WHERE focal :focal
      ORDER BY total DESC, focal, moment DESC, share_mid DESC, counterparty""";

  static final String STUDY_PATHS =
      """
      SELECT group_name, group_value, relative_day, n, round(aar, 6) AS aar,
        round(caar, 6) AS caar, round(caar_low, 6) AS caar_low, round(caar_high, 6) AS caar_high,
        value_weighted_n, round(value_weighted_caar, 6) AS value_weighted_caar
      FROM gold.study_paths
      WHERE study = :study AND model = :model AND group_name :group
      ORDER BY group_name, group_value, relative_day""";

  static final String STUDY_TESTS =
      """
      SELECT group_name, group_value, window_start, window_end, test, variant, n, statistic, df,
        p_value, q_value, caar, caar_low, caar_high, value_weighted_n, value_weighted_caar,
        value_weighted_caar_low, value_weighted_caar_high, decides, deciding_reason, status
      FROM gold.study_tests
      WHERE study = :study AND model = :model AND variant = 'textbook' AND group_name :group
      ORDER BY group_name, group_value, window_end - window_start, window_start DESC, test""";
}
