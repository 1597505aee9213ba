-- A flat bar without volume is no session, the benchmark's neither.
SELECT event_id, event_date, status_reason LIKE '%no trading in the instrument%' FROM event_impact WHERE window_start = 0 AND window_end = 0
= c02:C02 | 2025-09-02 | false
= c02b:C02 | 2025-09-02 | false
= c02c:C02 | 2025-09-02 | false
SELECT window_start, window_end, round(car, 5) FROM event_impact WHERE event_id = 'c02b:C02' AND window_end < 20
= -1 | 1 | 0.01353
= -5 | 5 | 0.05535
= 0 | 0 | 0.0589
