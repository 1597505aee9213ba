-- Quotes escaped with a backslash, as Spark writes them.
SELECT event_id, round(car, 5) FROM event_impact WHERE event_id LIKE 'd16%' AND window_start = 0 AND window_end = 0
= d16:D16 | 0.04065
= d16b:D16B | 0.04065
SELECT name FROM instruments WHERE instrument_id = 'D16'
= The "D16" Company, Inc.
