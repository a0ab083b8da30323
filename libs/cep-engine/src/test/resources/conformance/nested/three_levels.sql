-- input: trades
WITH w1 AS (
  SELECT sym, side, window_time AS rt, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND))
  GROUP BY sym, side, window_start, window_end, window_time),
w2 AS (
  SELECT sym, window_time AS rt, SUM(n) AS n
  FROM TABLE(TUMBLE(TABLE w1, DESCRIPTOR(rt), INTERVAL '10' SECOND))
  GROUP BY sym, window_start, window_end, window_time)
SELECT window_start, window_end, SUM(n) AS n, COUNT(*) AS c
FROM TABLE(TUMBLE(TABLE w2, DESCRIPTOR(rt), INTERVAL '30' SECOND))
GROUP BY window_start, window_end
