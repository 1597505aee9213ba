-- An SEC file is the company's: every listing of it has the company's count.
SELECT event_id, round(m.market_cap_before_usd / b.close / 1e6, 3) FROM event_impact m JOIN bars b ON m.instrument_id = b.instrument_id AND b.trade_date = '2025-09-09' WHERE event_id LIKE 'b08%' AND window_start = 0 AND window_end = 0
= b08a:GOOGL | 12116.0
= b08c:GOOG | 12116.0
SELECT event_id, data_flags FROM event_impact WHERE event_id LIKE 'b08%' AND window_start = 0 AND window_end = 0
= b08a:GOOGL | market-alone, company-shares
= b08c:GOOG | market-alone, company-shares
