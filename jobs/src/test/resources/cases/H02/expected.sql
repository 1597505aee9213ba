-- Ten files of one walk: a preliminary close beside the final one, prices before a split of three for two on day 0,
-- a weekly ticker in a bulk file of days, tickers as vendors write them. The value is that of an ordinary least squares.
SELECT event_id, event_date, status, n_estimation, round(car, 5) FROM event_impact WHERE event_id RLIKE '^h02[abcdfiw]:' AND window_start = 0 AND window_end = 0
= h02a:H02A | 2025-09-10 | OK | 250 | 0.0766
= h02b:H02B | 2025-09-10 | OK | 250 | 0.0766
= h02c:H02C | 2025-09-10 | OK | 250 | 0.0766
= h02d:H02D | 2025-09-10 | OK | 250 | 0.0766
= h02f:H02F | 2025-09-10 | OK | 250 | 0.0766
= h02i:H02I | 2025-09-10 | OK | 250 | 0.0766
= h02w:H02W | 2025-09-10 | OK | 250 | 0.0766
SELECT source_file, rule, count(*) FROM quarantine WHERE source_file LIKE '%h02%' GROUP BY ALL
= bars/h02-bulk.csv.gz | not-daily | 105
= bars/h02a_prelim.csv | restated | 1
= bars/h02m.csv.gz | missing-close | 1
= events/h02.csv | own-window | 1
= shares/h02f.csv | shares-in-thousands | 2
-- The last count that is none in thousands.
SELECT round(market_cap_before_usd / 1e9, 2) FROM event_impact WHERE event_id = 'h02f:H02F' AND window_start = 0 AND window_end = 0
= 83.19
-- The benchmark's bar of day 0 is in quarantine: day 0 stays, and the reason says what is missing.
SELECT event_date, status, status_reason FROM event_impact WHERE event_id = 'h02g:H02G' AND window_start = 0 AND window_end = 0
= 2025-09-10 | FACTORS_MISSING | FACTORS_MISSING benchmark has gaps; announced on 2025-09-10 without a time: taken as before the open
-- Windows of an event's own, and of a deal's own, beside those of the study.
SELECT event_id, window_start, window_end, benchmark, n_estimation, status, round(car, 5) FROM event_impact WHERE (event_id IN ('h02-long:H02D', 'h02-own:H02A') AND window_end IN (9, 60)) OR (event_id LIKE 'h02deal%' AND window_end IN (0, 4))
= h02-long:H02D | 0 | 60 | SPY | 250 | OK | -0.00919
= h02-own:H02A | 3 | 9 | H02M | 171 | OK | -0.058
= h02deal:H02I | -2 | 4 | SPY | 269 | OK | 0.051
= h02deal:H02I | 0 | 0 | SPY | 269 | OK | 0.07573
SELECT count(*), round(sum(abnormal_return), 5) FROM abnormal_returns WHERE event_id = 'h02-long:H02D' AND relative_day BETWEEN 0 AND 60
= 61 | -0.00919
SELECT count(*) FROM study_tests WHERE window_end IN (4, 9, 60)
= 0
