-- An empty file is damage, and the version before it counts on. The value is that of an ordinary
-- least squares of the two files under the present estimation window (0.069600); under that of [-270, -21] it is 0.0695.
SELECT event_id, round(car, 4) FROM event_impact WHERE window_start = 0 AND window_end = 0
= e03:E03 | 0.0696
SELECT count(*) > 0 FROM run_log WHERE stage = 'conform-bars' AND message LIKE '%bars/stooq/e03_us_d.csv%held back%'
= true
