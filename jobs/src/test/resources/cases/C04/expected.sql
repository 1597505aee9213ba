-- Company facts without an undimensioned count are no broken row.
SELECT count(*) FROM quarantine WHERE source_file LIKE 'shares/sec/CIK0001326801%'
= 0
SELECT event_id, status FROM event_impact WHERE event_id = 'b17:META' AND window_start = 0 AND window_end = 0
= b17:META | OK
SELECT count(*) > 0 FROM run_log WHERE stage = 'ingest-shares' AND message LIKE '%Meta Platforms, Inc. has no facts.dei%'
= true
