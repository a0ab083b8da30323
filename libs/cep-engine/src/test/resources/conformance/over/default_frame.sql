-- input: trades
SELECT sym, ts, SUM(price) OVER (PARTITION BY sym ORDER BY ts) AS s
FROM trades
