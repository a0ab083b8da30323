-- input: sensors
-- lateness: readings=0
SELECT *
FROM readings MATCH_RECOGNIZE (
  PARTITION BY device ORDER BY ts
  MEASURES A.seq AS a, B.seq AS b, B.temperature - A.temperature AS rise
  ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW
  PATTERN (A B) WITHIN INTERVAL '1' HOUR
  DEFINE B AS B.temperature > A.temperature + 1) AS m
