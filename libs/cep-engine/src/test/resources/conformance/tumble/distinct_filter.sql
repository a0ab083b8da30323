-- input: trades
SELECT window_start, window_end, COUNT(DISTINCT sym) FILTER (WHERE side = 'buy') AS buying, COUNT(DISTINCT sym) FILTER (WHERE side = 'sell') AS selling
FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '30' SECOND))
GROUP BY window_start, window_end
