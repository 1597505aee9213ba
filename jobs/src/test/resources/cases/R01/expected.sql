-- Returns where there are no prices: the same as prices give. A missing one loses its own day, one below -100 % is
-- data, and the delisting's belongs to its day. Dollars need a market value.
SELECT event_id, event_date, status, n_estimation, round(car, 5) FROM event_impact WHERE event_id LIKE 'r01%' AND window_start = 0 AND window_end = 0
= r01:R01 | 2025-09-10 | OK | 250 | 0.07468
= r01c:R01C | 2025-09-10 | OK | 250 | 0.07468
= r01d:R01D | 2025-09-10 | OK | 250 | -0.35538
= r01m:R01M | 2025-09-10 | OK | 249 | 0.07469
= r01n:R01N | 2025-09-10 | OK | 250 | 0.07958
= r01p:R01P | 2025-09-10 | OK | 250 | 0.07468
SELECT event_id, status_reason LIKE '%has returns and no prices%', round(market_cap_before_usd / 1e9, 2), round(raw_close_usd / 1e9, 5), round(abnormal_usd / 1e9, 4), data_flags LIKE '%delisting-return%' FROM event_impact WHERE event_id IN ('r01:R01', 'r01c:R01C', 'r01d:R01D') AND window_start = 0 AND window_end = 0
= r01:R01 | true | NULL | NULL | NULL | false
= r01c:R01C | true | 5.0 | 0.3758 | 0.3734 | false
= r01d:R01D | true | NULL | NULL | NULL | true
SELECT status FROM event_impact WHERE event_id = 'r01m:R01M' AND window_start = -1 AND window_end = 1
= MISSING_RETURNS
SELECT trade_date, round(total_return, 6), data_flags FROM returns WHERE data_flags IS NOT NULL
= 2025-03-03 | -1.2 | return-below-minus-1
= 2025-09-10 | -0.354904 | delisting-return
SELECT source_file, rule, count(*) FROM quarantine WHERE feed = 'returns' GROUP BY ALL
= returns/percent.csv | percent-as-fraction | 39
