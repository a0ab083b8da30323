-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES FIRST(A.price) AS f, LAST(A.price) AS l, B.price AS b
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A{3} B)
  DEFINE A AS A.tax >= 2, B AS B.tax < 4) AS m
