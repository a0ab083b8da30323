-- input: sensors
SELECT device, seq, temperature * 2 AS t2, SUM(temperature * 2) OVER w / COUNT(*) OVER w AS m
FROM readings
WINDOW w AS (PARTITION BY device ORDER BY ts ROWS BETWEEN 5 PRECEDING AND CURRENT ROW)
