-- input: clicks
SELECT usr, window_start, window_end, COUNT(*) FILTER (WHERE page = '/buy') AS buys, COUNT(DISTINCT page) AS pages
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '12' SECOND))
GROUP BY usr, window_start, window_end
