-- New York is closed on 2025-09-01, Frankfurt is not: each on the days of its exchange, against its benchmark.
SELECT event_id, event_date, benchmark, status, n_estimation, round(car, 5) FROM event_impact WHERE event_id LIKE 'g01%' AND window_start = 0 AND window_end = 0
= g01a:G01A | 2025-09-01 | GDAX | OK | 250 | 0.07124
= g01b:G01B | 2025-09-01 | GDAX | OK | 250 | 0.06134
= g01c:G01C | 2025-09-01 | SPY | FACTORS_MISSING | 234 | NULL
= g01u:G01U | 2025-09-02 | SPY | OK | 250 | 0.05938
