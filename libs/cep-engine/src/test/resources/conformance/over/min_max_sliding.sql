-- input: trades
SELECT sym, ts, MIN(price) OVER w AS lo, MAX(price) OVER w AS hi, MIN(fee) OVER w AS lf, MAX(ratio) OVER w AS hr
FROM trades
WINDOW w AS (PARTITION BY sym ORDER BY ts RANGE BETWEEN INTERVAL '15' SECOND PRECEDING AND CURRENT ROW)
