-- A Delta table's removed files are not read; a table whose log nobody can read is refused.
SELECT event_id, status FROM event_impact WHERE event_id LIKE 'pq%' AND window_start = 0 AND window_end = 0
= pqdelta:PQDELTA | NO_PRICES
= pqi96b:PQI96B | OK
SELECT count(*) > 0 FROM run_log WHERE stage = 'ingest-bars' AND message LIKE '%bars/prices_delta/ was not read%'
= true
