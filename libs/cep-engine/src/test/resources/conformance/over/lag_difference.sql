-- input: sensors
SELECT device, seq, temperature - LAG(temperature) OVER (PARTITION BY device ORDER BY ts) AS delta
FROM readings
