-- input: sensors
WITH smooth AS (
  SELECT device, ts, AVG(temperature) OVER (PARTITION BY device ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS t
  FROM readings)
SELECT device, window_start, window_end, MAX(t) AS hi, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE smooth, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY device, window_start, window_end
