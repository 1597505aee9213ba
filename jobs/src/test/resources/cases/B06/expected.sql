-- A count below a day's volume is none.
SELECT event_id, round(market_cap_before_usd / 1e9, 4) FROM event_impact WHERE event_id LIKE 'b06%' AND window_start = 0 AND window_end = 0
= b06k:B06K | 4.4306
= b06one:B06ONE | 4.4306
SELECT source_file, rule FROM quarantine WHERE source_file LIKE 'shares/sec/CIK00090006%'
= shares/sec/CIK0009000601.json | shares-below-volume
= shares/sec/CIK0009000602.json | shares-below-volume
