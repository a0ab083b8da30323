-- input: trades
-- updates: sym
SELECT sym, COUNT(*) AS n, COUNT(price) AS p FROM trades GROUP BY sym
