-- input: trades
SELECT sym, ts, MIN(price) OVER w AS lo, MAX(price) OVER w AS hi
FROM trades
WINDOW w AS (PARTITION BY sym ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)
