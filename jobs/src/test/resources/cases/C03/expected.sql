-- Factor sets by region and day; percent where fractions are due is refused as a file.
SELECT factor_set, mkt_rf FROM factors WHERE trade_date = '2024-01-12'
= french-daily | 0.0087
= french-japan-daily | 0.0187
SELECT count(*) FROM factors WHERE factor_set = 'us-percent'
= 0
SELECT source_file, rule FROM quarantine WHERE source_file LIKE 'factors/french/%' GROUP BY ALL
= factors/french/F-F_Research_Data_Factors_weekly.CSV | malformed-record
