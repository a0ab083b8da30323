-- input: clicks
SELECT page, window_start, window_end, SUM(score) AS s
FROM TABLE(SESSION(TABLE clicks PARTITION BY page, DESCRIPTOR(ts), INTERVAL '15' SECOND))
GROUP BY page, window_start, window_end
