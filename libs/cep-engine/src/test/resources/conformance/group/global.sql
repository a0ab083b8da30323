-- input: trades
-- updates:
SELECT COUNT(*) AS n, SUM(price) AS s, MIN(sym) AS m FROM trades
