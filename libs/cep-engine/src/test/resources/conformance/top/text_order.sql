-- input: edges
SELECT k, s, window_end, rownum
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY s DESC, k) AS rownum
  FROM TABLE(TUMBLE(TABLE facts, DESCRIPTOR(ts), INTERVAL '1' MINUTE)))
WHERE rownum <= 3
