-- Archives as downloaded, and Parquet in a vendor's folder.
SELECT factor_set, count(*) FROM factors GROUP BY ALL
= french-daily | 501
SELECT count(*) FROM run_log WHERE stage = 'ingest-bars' AND message LIKE '%b21.json was not read%b21.xlsx was not read%'
= 1
SELECT instrument_id, count(*) > 400 FROM bars WHERE instrument_id <> 'SPY' GROUP BY ALL
= C05 | true
= PQTICK | true
