-- input: clicks
WITH small AS (
  SELECT page, window_time AS rowtime, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY page, window_start, window_end, window_time)
SELECT window_start, window_end, MAX(n) AS m, SUM(n) AS s
FROM TABLE(HOP(TABLE small, DESCRIPTOR(rowtime), INTERVAL '20' SECOND, INTERVAL '1' MINUTE))
GROUP BY window_start, window_end
