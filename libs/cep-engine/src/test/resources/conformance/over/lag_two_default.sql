-- input: trades
SELECT sym, ts, price, LAG(price, 2, -1) OVER (PARTITION BY sym ORDER BY ts) AS before
FROM trades
