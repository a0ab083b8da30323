-- input: trades
-- lateness: trades=0
SELECT sym, ts, price, SUM(price) OVER (PARTITION BY sym ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s
FROM trades
