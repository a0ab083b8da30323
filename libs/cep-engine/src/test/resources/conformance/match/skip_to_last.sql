-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES FIRST(A.price) AS a, LAST(B.price) AS b, C.price AS c
  ONE ROW PER MATCH AFTER MATCH SKIP TO LAST B
  PATTERN (A B+ C) WITHIN INTERVAL '1' HOUR
  DEFINE B AS B.price > A.price, C AS C.price <= LAST(B.price)) AS m
