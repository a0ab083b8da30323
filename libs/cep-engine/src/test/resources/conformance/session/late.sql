-- input: clicks
-- lateness: clicks=0
SELECT usr, window_start, window_end, COUNT(*) AS n
FROM TABLE(SESSION(TABLE clicks PARTITION BY usr, DESCRIPTOR(ts), INTERVAL '5' SECOND))
GROUP BY usr, window_start, window_end
