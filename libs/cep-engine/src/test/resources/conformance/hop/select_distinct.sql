-- input: clicks
SELECT DISTINCT window_start, window_end, usr
FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE))
