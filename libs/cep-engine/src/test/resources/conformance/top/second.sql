-- input: trades
SELECT sym, qty, window_end
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY qty DESC) AS rownum
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND)))
WHERE rownum = 1
