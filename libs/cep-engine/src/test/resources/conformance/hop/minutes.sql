-- input: clicks
SELECT page, window_start, window_end, COUNT(*) AS n, SUM(ms) AS m, MAX(score) AS s
FROM TABLE(HOP(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '3' MINUTE))
GROUP BY page, window_start, window_end
