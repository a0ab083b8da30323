-- input: trades
-- updates: side
SELECT side, AVG(fee) AS a, AVG(ratio) AS b, SUM(qty) AS q FROM trades GROUP BY side
