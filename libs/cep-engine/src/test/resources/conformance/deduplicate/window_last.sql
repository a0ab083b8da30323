-- input: trades
SELECT sym, price, ts, window_end
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, sym ORDER BY ts DESC) AS rownum
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '20' SECOND)))
WHERE rownum = 1
