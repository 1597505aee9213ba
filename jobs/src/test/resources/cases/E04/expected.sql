-- A study without deals: events with attributes, groups and covariates of them.
SELECT event_id, event_date, role, status, round(car, 5) FROM event_impact WHERE event_id IN ('merger-1:E01', 'merger-2:E02') AND window_start = 0 AND window_end = 0
= merger-1:E01 | 2025-09-04 | firm | OK | 0.04252
= merger-2:E02 | 2025-09-08 | firm | OK | 0.01783
SELECT group_name, group_value, max(n) FROM study_tests WHERE model = 'market-model' AND test = 'cross-sectional-t' AND window_start = 0 AND window_end = 0 GROUP BY ALL
= all | all | 15
= attributes.country | DE | 7
= attributes.country | US | 7
SELECT term, n FROM car_regressions WHERE specification = 'covariates' AND model = 'market-model' AND errors = 'HC3' AND window_start = 0 AND window_end = 0
= constant | 14
= country=US | 14
= size | 14
-- An event with an estimation window of its own, [-120,-20]; under the study's it would be -0.01412.
SELECT event_id, n_estimation, round(car, 5) FROM event_impact WHERE event_id = 'own-window:E01' AND window_start = 0 AND window_end = 0
= own-window:E01 | 101 | -0.01496
SELECT source_file, rule FROM quarantine WHERE feed = 'events'
= events/windows.csv | own-estimation-window
SELECT count(*) FROM deal_impact
= 0
