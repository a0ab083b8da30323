-- input: trades
SELECT sym, ts, price, SUM(price) OVER w AS s, COUNT(price) OVER w AS n, MIN(price) OVER w AS lo, MAX(price) OVER w AS hi
FROM trades
WINDOW w AS (PARTITION BY sym ORDER BY ts RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
