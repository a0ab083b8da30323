-- input: trades
-- updates: sym
SELECT sym, SUM(price) AS s, MIN(price) AS lo, MAX(price) AS hi FROM trades GROUP BY sym
