-- input: clicks
SELECT page, window_start, window_end, n, rownum
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY n DESC, page ASC) AS rownum
  FROM (
    SELECT page, window_start, window_end, COUNT(*) AS n
    FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE))
    GROUP BY page, window_start, window_end))
WHERE rownum <= 2
