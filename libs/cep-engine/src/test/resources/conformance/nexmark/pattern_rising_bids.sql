-- input: nexmark
SELECT *
FROM bid MATCH_RECOGNIZE (
  PARTITION BY auction ORDER BY ts
  MEASURES A.price AS first_price, C.price AS last_price, C.ts AS at_ts
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B C) WITHIN INTERVAL '30' SECOND
  DEFINE B AS B.price > A.price, C AS C.price > B.price) AS m
