-- input: trades
SELECT sym, window_start, window_end, s, rownum
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY s DESC, sym) AS rownum
  FROM (
    SELECT sym, window_start, window_end, SUM(price) AS s
    FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '20' SECOND))
    GROUP BY sym, window_start, window_end))
WHERE rownum <= 2
