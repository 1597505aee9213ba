-- Instants and absent values as JSON of data frames has them.
SELECT deal_id, announced_date, value_low_usd FROM deals WHERE deal_id LIKE 'b18%'
= b18nan | 2025-09-10 | NULL
= b18space | 2025-09-10 | 1.0E9
= b18str | 2025-09-10 | 3.8E10
= b18z | 2025-09-10 | 1.0E9
SELECT date_format(announced_at, 'yyyy-MM-dd HH:mm') FROM deals WHERE deal_id IN ('b18space', 'b18z')
= 2025-09-10 13:00
= NULL
SELECT source_line, rule FROM quarantine WHERE source_file = 'deals/b18.jsonl'
= 4 | invalid-date
= 5 | invalid-date
