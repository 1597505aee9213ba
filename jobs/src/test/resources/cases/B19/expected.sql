-- A count in thousands and values in millions are not taken.
SELECT event_id, round(market_cap_before_usd / 1e9, 2) FROM event_impact WHERE event_id LIKE 'b19%' AND window_start = 0 AND window_end = 0
= b19:B19 | NULL
= b19v:B19V | 11.42
SELECT rule, count(*) FROM quarantine WHERE source_file LIKE '%/%19.csv' AND feed IN ('shares', 'market_caps') GROUP BY ALL
= market-cap-against-shares | 8
= shares-below-volume | 1
