-- A split written as 10:1.
SELECT event_id, event_date FROM event_impact WHERE event_id LIKE 'd22%' AND window_start = 0 AND window_end = 0
= d22:D22 | 2025-09-10
SELECT split_ratio FROM bars WHERE instrument_id = 'D22' AND trade_date = '2025-09-10'
= 10.0
