-- input: trades
SELECT sym, ts, price, ROW_NUMBER() OVER (PARTITION BY sym ORDER BY ts) AS n
FROM trades
