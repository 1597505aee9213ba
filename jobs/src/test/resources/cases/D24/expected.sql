-- Yahoo's history() has dividend-adjusted closes.
SELECT event_id, round(market_cap_before_usd / 1e9, 2) FROM event_impact WHERE event_id LIKE 'd24%' AND window_start = 0 AND window_end = 0
= d24:D24 | 128.68
= d24ok:D24OK | 128.68
