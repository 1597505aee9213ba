-- Exchanges by their MIC and by Yahoo's codes: half days, and hours of their own.
SELECT event_id, event_date, status_reason LIKE '%assumed%' FROM event_impact WHERE event_id LIKE 'b15%' AND window_start = 0 AND window_end = 0
= b15jse:B15JSE | 2025-09-11 | false
= b15lon:B15LON | 2025-09-11 | false
= b15lse:B15LSE | 2025-09-11 | false
= b15mic:B15MIC | 2025-12-01 | false
= b15ok:B15OK | 2025-12-01 | false
= b15yq:B15YQ | 2025-12-01 | false
SELECT event_id, round(car, 5) FROM event_impact WHERE event_id IN ('b15mic:B15MIC', 'b15yq:B15YQ', 'b15ok:B15OK') AND window_start = 0 AND window_end = 0
= b15mic:B15MIC | 0.05497
= b15ok:B15OK | 0.05497
= b15yq:B15YQ | 0.05497
