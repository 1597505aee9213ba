-- A unit that changes for good is brought back to one level, and flagged; a day in another unit is refused.
SELECT event_id, event_date, status, round(car, 5), round(car_p, 4) FROM event_impact WHERE event_id LIKE 'b02%' AND window_start = 0 AND window_end = 0
= b02ok:B02OK | 2025-09-10 | OK | 0.06314 | 0.0
= b02sp:B02SP | 2025-09-10 | OK | 0.06308 | 0.0
= b02sw:B02SW | 2025-09-10 | OK | 0.06314 | 0.0
