-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES A.price AS a, FIRST(B.price) AS b, C.price AS c, C.ts AS at_ts
  ONE ROW PER MATCH AFTER MATCH SKIP TO FIRST B
  PATTERN (A B+ C) WITHIN INTERVAL '1' HOUR
  DEFINE B AS B.price > A.price, C AS C.price < A.price) AS m
