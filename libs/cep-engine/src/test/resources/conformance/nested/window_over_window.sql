-- input: trades
WITH small AS (
  SELECT sym, window_time AS rowtime, SUM(price) AS s, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND))
  GROUP BY sym, window_start, window_end, window_time)
SELECT sym, window_start, window_end, SUM(s) AS s, SUM(n) AS n, COUNT(*) AS windows
FROM TABLE(TUMBLE(TABLE small, DESCRIPTOR(rowtime), INTERVAL '20' SECOND))
GROUP BY sym, window_start, window_end
