-- input: trades
SELECT sym, ts, price, SUM(price) OVER w AS s, COUNT(*) OVER w AS n
FROM trades
WINDOW w AS (PARTITION BY sym ORDER BY ts ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)
