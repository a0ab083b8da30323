-- input: sensors
SELECT *
FROM (SELECT * FROM readings WHERE temperature IS NOT NULL) MATCH_RECOGNIZE (
  PARTITION BY device ORDER BY ts
  MEASURES A.seq AS a, B.seq AS b
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B) WITHIN INTERVAL '1' HOUR
  DEFINE A AS A.temperature > 25, B AS B.temperature < A.temperature) AS m
