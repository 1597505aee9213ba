-- Columns as vendors name them; those without an instrument are refused as such.
SELECT source_file, rule, count(*) FROM quarantine WHERE feed = 'bars' AND source_file LIKE 'bars/v-%' OR source_file LIKE '%/^spx%' OR source_file LIKE '%b16_us%' OR source_file LIKE '%empty.us%' GROUP BY ALL
= 
