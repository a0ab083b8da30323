-- input: ticker
SELECT *
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES FIRST(A.price, 1) AS second_price, LAST(A.price, 1) AS last_but_one, LAST(A.price) AS last_price, COUNT(A.tax) AS n
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A{2,5} B) WITHIN INTERVAL '1' HOUR
  DEFINE A AS A.tax <> 4, B AS B.tax = 4) AS m
