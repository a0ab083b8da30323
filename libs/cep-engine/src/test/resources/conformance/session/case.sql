-- input: clicks
SELECT usr, window_end, CASE WHEN SUM(CASE WHEN page = '/buy' THEN 1 ELSE 0 END) > 0 THEN 'buyer' ELSE 'visitor' END AS kind
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '10' SECOND))
GROUP BY usr, window_start, window_end
