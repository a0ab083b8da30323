-- input: edges
SELECT k, d, window_end, rownum
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY d ASC, k) AS rownum
  FROM TABLE(TUMBLE(TABLE facts, DESCRIPTOR(ts), INTERVAL '1' MINUTE)))
WHERE rownum <= 4
