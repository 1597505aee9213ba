-- A ticker that belonged to another company before.
SELECT event_id, event_date, status FROM event_impact WHERE event_id LIKE 'd23%' AND window_start = 0 AND window_end = 0
= d23:D23NEW | 2025-09-10 | OK
SELECT instrument_id, count(*) FROM bars WHERE instrument_id LIKE 'D23%' GROUP BY ALL
= D23NEW | 502
