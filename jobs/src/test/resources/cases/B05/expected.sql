-- The newest period counts, not the newest filing. Billions of USD.
SELECT event_id, round(market_cap_before_usd / 1e9, 3) FROM event_impact WHERE event_id LIKE 'b05%' AND window_start = 0 AND window_end = 0
= b05conf:B05CONF | 297.997
= b05late:B05LATE | 295.534
= b05same:B05SAME | 295.534
