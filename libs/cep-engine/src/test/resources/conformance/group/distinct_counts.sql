-- input: trades
-- updates: side
SELECT side, COUNT(DISTINCT sym) AS d, COUNT(DISTINCT price) FILTER (WHERE price > 50) AS p FROM trades GROUP BY side
