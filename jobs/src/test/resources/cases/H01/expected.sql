-- Four files of one walk: a folder for each ticker, a row of day 0 that is cut, a ticker that changed, prices of CRSP
-- before a split; and a file of weeks that would restate the first. The value is that of an ordinary least squares.
SELECT event_id, event_date, status, round(car, 5) FROM event_impact WHERE event_id LIKE 'h01%' AND window_start = 0 AND window_end = 0
= h01a:H01A | 2025-09-10 | OK | -0.01412
= h01b:H01B | NULL | DATA_IN_QUARANTINE | NULL
= h01c:H01C | 2025-09-10 | OK | -0.01412
= h01d:H01D | 2025-09-10 | OK | -0.01412
SELECT source_file, rule FROM quarantine WHERE source_file LIKE '%h01a-weekly%' OR (source_file LIKE '%H01B%' AND rule = 'malformed-record')
= bars/h01a-weekly.csv | held-back
= bars/yahoo/H01B.csv.gz | malformed-record
SELECT instrument_id, count(*), count(data_flags) FROM bars WHERE instrument_id LIKE 'H01%' AND trade_date BETWEEN '2025-05-01' AND '2025-09-30' GROUP BY ALL
= H01A | 105 | 0
= H01B | 104 | 0
= H01C | 105 | 0
= H01D | 105 | 0
