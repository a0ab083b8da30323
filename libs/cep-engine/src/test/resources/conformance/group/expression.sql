-- input: trades
-- updates: s
SELECT COALESCE(sym, '?') AS s, COUNT(*) * 10 AS n, MAX(price) - MIN(price) AS spread FROM trades WHERE side = 'buy' GROUP BY COALESCE(sym, '?')
