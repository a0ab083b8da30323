-- input: trades
SELECT sym, qty, window_end, rownum
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY qty DESC, ts ASC) AS rownum
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND)))
WHERE rownum BETWEEN 2 AND 3
