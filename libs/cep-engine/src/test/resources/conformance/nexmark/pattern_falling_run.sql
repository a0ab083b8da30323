-- input: nexmark
SELECT *
FROM bid MATCH_RECOGNIZE (
  PARTITION BY bidder ORDER BY ts
  MEASURES FIRST(D.price) AS f, LAST(D.price) AS l, COUNT(D.price) AS n, U.price AS u
  ONE ROW PER MATCH AFTER MATCH SKIP TO LAST D
  PATTERN (D{3,} U) WITHIN INTERVAL '20' SECOND
  DEFINE D AS LAST(D.price, 1) IS NULL OR D.price < LAST(D.price, 1), U AS U.price > LAST(D.price)) AS m
