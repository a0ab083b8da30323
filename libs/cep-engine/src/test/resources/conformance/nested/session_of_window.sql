-- input: clicks
WITH minutes AS (
  SELECT usr, window_time AS rowtime, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '10' SECOND))
  GROUP BY usr, window_start, window_end, window_time)
SELECT usr, window_start, window_end, SUM(n) AS n, COUNT(*) AS m
FROM TABLE(SESSION(TABLE minutes PARTITION BY usr, DESCRIPTOR(rowtime), INTERVAL '15' SECOND))
GROUP BY usr, window_start, window_end
