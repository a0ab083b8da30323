-- input: trades
SELECT DISTINCT window_start, window_end, sym, side
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
WHERE price IS NOT NULL
