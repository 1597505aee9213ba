-- A correction follows what it corrects, as people read names.
SELECT event_id, round(car, 5) FROM event_impact WHERE event_id LIKE 'b11%' AND window_start = 0 AND window_end = 0
= b11a:B11A | 0.06586
= b11b:B11B | 0.06586
= b11c:B11C | 0.06586
= b11d:B11D | 0.06586
