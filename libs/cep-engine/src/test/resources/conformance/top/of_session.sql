-- input: clicks
-- lateness: clicks=600000
SELECT usr, window_start, window_end, n
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, usr ORDER BY n DESC) AS rownum
  FROM (
    SELECT usr, window_start, window_end, COUNT(*) AS n
    FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '10' SECOND))
    GROUP BY usr, window_start, window_end))
WHERE rownum <= 1
