-- input: trades
-- updates: sym
SELECT sym, SUM(price) AS s FROM trades GROUP BY sym HAVING COUNT(*) > 5
