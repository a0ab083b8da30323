-- input: nexmark
WITH sold AS (
  SELECT a.id, a.category, b.price, b.ts
  FROM auction AS a JOIN bid AS b ON a.id = b.auction AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' MINUTE
  WHERE b.ts <= a.expires)
SELECT category, window_start, window_end, AVG(final) AS average
FROM (
  SELECT id, category, window_start, window_end, MAX(price) AS final
  FROM TABLE(TUMBLE(TABLE sold, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY id, category, window_start, window_end)
GROUP BY category, window_start, window_end
