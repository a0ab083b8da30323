-- input: trades
SELECT sym, ts, price, LAG(price) OVER (PARTITION BY sym ORDER BY ts) AS before
FROM trades
