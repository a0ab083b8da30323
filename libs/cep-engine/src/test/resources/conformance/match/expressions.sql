-- input: ticker
SELECT symbol, rise, label
FROM ticks MATCH_RECOGNIZE (
  PARTITION BY symbol ORDER BY ts
  MEASURES LAST(B.price) - A.price AS rise, CASE WHEN LAST(B.price) > A.price + 2 THEN 'steep' ELSE 'flat' END AS label
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B{2} C) WITHIN INTERVAL '1' HOUR
  DEFINE B AS B.price > A.price) AS m
WHERE rise > 0
