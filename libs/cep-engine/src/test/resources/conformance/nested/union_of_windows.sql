-- input: orders
WITH both_kinds AS (
  SELECT 'o' AS kind, window_time AS rt, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time
  UNION ALL
  SELECT 'p' AS kind, window_time AS rt, COUNT(*) AS n
  FROM TABLE(TUMBLE(TABLE payments, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end, window_time)
SELECT window_start, window_end, SUM(n) AS n, COUNT(DISTINCT kind) AS kinds
FROM TABLE(TUMBLE(TABLE both_kinds, DESCRIPTOR(rt), INTERVAL '30' SECOND))
GROUP BY window_start, window_end
