-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  ORDER BY ts
  MEASURES A.symbol AS a, B.symbol AS b, B.ts AS at_ts
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B)
  DEFINE A AS A.tax = 4, B AS B.tax = 1) AS m
