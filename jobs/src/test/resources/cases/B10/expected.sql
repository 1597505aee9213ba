-- A session that is there twice with one close is one bar; the other row is reported.
SELECT event_id, event_date, status FROM event_impact WHERE event_id LIKE 'b10%' AND window_start = 0 AND window_end = 0
= b10l:B10L | 2025-12-31 | OK
= b10v:B10V | 2025-12-31 | OK
SELECT source_file, rule, count(*) FROM quarantine WHERE source_file LIKE '%/B10%' GROUP BY ALL
= bars/yahoo/B10L.csv.gz | restated | 1
= bars/yahoo/B10V.csv.gz | restated | 1
