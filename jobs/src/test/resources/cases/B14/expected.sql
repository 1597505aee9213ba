-- yf.download() with three lines of header, of one ticker and of several.
SELECT event_id, round(car, 4) FROM event_impact WHERE event_id LIKE 'b14%' AND window_start = 0 AND window_end = 0
= b14:B14 | 0.0471
= b14h:B14H | 0.0471
SELECT instrument_id, count(*) FROM bars WHERE instrument_id LIKE 'B14M%' GROUP BY ALL
= B14M1 | 30
= B14M2 | 30
