-- Rows of tickers that nobody listed are counted apart, and the night goes on.
SELECT event_id, status FROM event_impact WHERE window_start = 0 AND window_end = 0
= c05:C05 | OK
SELECT rule, count(DISTINCT source_file) FROM quarantine WHERE feed = 'bars' GROUP BY ALL
= not-followed | 3
