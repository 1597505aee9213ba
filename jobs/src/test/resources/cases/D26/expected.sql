-- Yen per dollar where dollars per yen are due.
SELECT rule, count(*) > 500 FROM quarantine WHERE feed = 'fx' GROUP BY ALL
= inverted-rate | true
SELECT event_id, market_cap_before_usd FROM event_impact WHERE event_id LIKE 'd26%' AND window_start = 0 AND window_end = 0
= d26:D26 | NULL
