-- A defect in an optional column costs the column.
SELECT event_id, event_date, round(car, 5), status_reason LIKE '%no trading%' FROM event_impact WHERE event_id LIKE 'b03%' AND window_start = 0 AND window_end = 0
= b03adj0:B03ADJ0 | 2025-09-10 | 0.06665 | false
= b03adjnan:B03ADJNAN | 2025-09-10 | 0.06665 | false
= b03adjneg:B03ADJNEG | 2025-09-10 | 0.06665 | false
= b03highlow:B03HIGHLOW | 2025-09-10 | 0.06665 | false
= b03ohl0:B03OHL0 | 2025-09-10 | 0.06665 | false
= b03ok:B03OK | 2025-09-10 | 0.06665 | false
= b03open0:B03OPEN0 | 2025-09-10 | 0.06665 | false
= b03volcomma:B03VOLCOMMA | 2025-09-10 | 0.06665 | false
= b03volmin:B03VOLMIN | 2025-09-10 | 0.06665 | false
