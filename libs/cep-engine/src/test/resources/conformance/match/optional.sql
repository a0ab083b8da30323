-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES A.price AS a, B.price AS b, C.price AS c
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B? C) WITHIN INTERVAL '1' HOUR
  DEFINE A AS A.price > 10, B AS B.price < A.price, C AS C.price > A.price) AS m
