-- input: sensors
SELECT device, seq, temperature, a
FROM (SELECT device, seq, temperature, AVG(temperature) OVER (PARTITION BY device ORDER BY ts RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) AS a FROM readings) AS r
WHERE temperature > a + 1
