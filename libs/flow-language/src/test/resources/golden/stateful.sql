CREATE APPLICATION shop.stateful WITH (partitions = 4, idle_timeout = '10 seconds', state_retention = '1 day');
CREATE SOURCE readings (device STRING NOT NULL, site INT, value DOUBLE, price DECIMAL(10,2), at TIMESTAMP NOT NULL) WITH (connector = 'datagen', rate = 2);
CREATE SOURCE db WITH (connector = 'mariadb-cdc', hostname = 'h', username = 'u', password = SECRET shop_password);
CREATE STREAM product_changes FROM db TABLE 'product';
CREATE CACHE products KEY (product_id) FROM product_changes;
-- by its key: read as it is
CREATE STREAM keyed PARTITION BY device TIMESTAMP BY at ALLOW LATENESS INTERVAL '10' SECOND AS SELECT * FROM readings WHERE value IS NOT NULL;
CREATE STREAM further AS SELECT device, site, value, at FROM keyed WHERE value > 0;
CREATE STREAM per_minute AS
  SELECT device, window_start, window_end, COUNT(*) AS n, AVG(value) AS mean, SUM(price) FILTER (WHERE value > 1) AS total, COUNT(DISTINCT site) AS sites
  FROM TABLE(TUMBLE(TABLE keyed, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY device, window_start, window_end HAVING COUNT(*) > 1;
-- by another key: spread anew
CREATE STREAM per_site WITH (start_from = latest) AS
  SELECT site, window_end, STDDEV_POP(value) AS deviation, PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY value) AS p90
  FROM TABLE(HOP(TABLE keyed, DESCRIPTOR(at), INTERVAL '10' SECOND, INTERVAL '1' MINUTE)) GROUP BY site, window_start, window_end;
-- no key: one partition
CREATE STREAM best AS
  SELECT * FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY mean DESC) AS place FROM (
      SELECT device, window_start, window_end, AVG(value) AS mean FROM TABLE(TUMBLE(TABLE keyed, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY device, window_start, window_end))
  WHERE place <= 3;
-- joins a cache before the window: two services
CREATE STREAM branded AS
  WITH priced AS (SELECT p.brand, r.value, r.at FROM readings r LEFT JOIN products p ON p.product_id = r.site)
  SELECT brand, window_start, window_end, SUM(value) AS total
  FROM TABLE(CUMULATE(TABLE priced, DESCRIPTOR(at), INTERVAL '1' MINUTE, INTERVAL '1' HOUR)) GROUP BY brand, window_start, window_end;
CREATE STREAM visits AS
  SELECT device, window_start, window_end, COUNT(*) AS n FROM TABLE(SESSION(TABLE keyed PARTITION BY device, DESCRIPTOR(at), INTERVAL '5' MINUTE)) GROUP BY device, window_start, window_end;
CREATE STREAM trend AS
  SELECT device, at, value - LAG(value) OVER w AS step, AVG(value) OVER (PARTITION BY device ORDER BY at RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) AS mean,
    Z_SCORE(value) OVER (PARTITION BY device ORDER BY at ROWS BETWEEN 99 PRECEDING AND CURRENT ROW) AS z
  FROM keyed WINDOW w AS (PARTITION BY device ORDER BY at);
CREATE STREAM pairs AS
  SELECT l.device, l.value AS before_value, r.value AS after_value, r.at
  FROM keyed l JOIN further r ON l.device = r.device AND r.at BETWEEN l.at AND l.at + INTERVAL '1' MINUTE AND r.value > l.value;
CREATE STREAM silent AS
  SELECT k.* FROM keyed k WHERE NOT EXISTS (SELECT 1 FROM keyed n WHERE n.device = k.device AND n.at > k.at AND n.at <= k.at + INTERVAL '30' SECOND);
CREATE STREAM known AS
  SELECT device FROM keyed WHERE device IN (SELECT device FROM readings r WHERE r.at BETWEEN keyed.at - INTERVAL '1' HOUR AND keyed.at);
CREATE STREAM rises AS
  SELECT * FROM keyed MATCH_RECOGNIZE (PARTITION BY device ORDER BY at MEASURES FIRST(A.value) AS low, LAST(B.value) AS high, COUNT(B.value) AS steps
    ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A B{2,} C) WITHIN INTERVAL '5' MINUTE
    DEFINE B AS B.value > PREV(B.value), C AS C.value < A.value OR C.value < LAST(B.value, 1)) AS m;
-- no WITHIN: state_retention of the application
CREATE STREAM endless AS
  SELECT device, window_start, COUNT(*) AS n FROM TABLE(TUMBLE((
    SELECT * FROM keyed MATCH_RECOGNIZE (PARTITION BY device ORDER BY at MEASURES MATCH_ROWTIME() AS t PATTERN (A B+ C) DEFINE B AS B.value > A.value, C AS C.value < A.value)),
    DESCRIPTOR(t), INTERVAL '100' MINUTE)) GROUP BY device, window_start, window_end;
CREATE STREAM scored AS SELECT site, window_end, STDDEV(value) AS s FROM TABLE(TUMBLE((SELECT site, value, at FROM keyed), DESCRIPTOR(at), INTERVAL '1' HOUR)) GROUP BY site, window_start, window_end;
CREATE STREAM once AS SELECT device, site, at FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY device ORDER BY at) AS rn FROM keyed) WHERE rn = 1;
CREATE STREAM totals PARTITION BY device AS SELECT device, COUNT(*) AS n, MAX(value) AS most FROM keyed GROUP BY device;
CREATE STREAM devices AS SELECT DISTINCT device FROM keyed UNION ALL SELECT DISTINCT device FROM further;
CREATE STREAM stock AS SELECT c.after.product_id, c.after.price, c.op, c.ts, COUNT(*) OVER (PARTITION BY c.after.product_id ORDER BY c.ts) AS changes FROM product_changes c WHERE op <> 'd';
CREATE STREAM deleted AS SELECT c.after.product_id, COUNT(*) AS n FROM product_changes c GROUP BY c.after.product_id;
CREATE STREAM busiest AS
  SELECT window_start, window_end, MAX(n) AS most FROM (
    SELECT device, window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE keyed, DESCRIPTOR(at), INTERVAL '1' MINUTE, INTERVAL '10' SECOND)) GROUP BY device, window_start, window_end)
  GROUP BY window_start, window_end;
CREATE STREAM hourly AS
  SELECT device, window_end, SUM(n) AS n FROM TABLE(TUMBLE((
    SELECT device, window_time AS t, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE keyed, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY device, window_start, window_end, window_time),
    DESCRIPTOR(t), INTERVAL '1' HOUR)) GROUP BY device, window_start, window_end;
CREATE STREAM both_windows AS
  SELECT COALESCE(l.device, r.device) AS device, l.n, r.n AS m FROM
    (SELECT device, window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE keyed, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY device, window_start, window_end) l
    FULL JOIN
    (SELECT device, window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE further, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY device, window_start, window_end) r
    ON l.device = r.device AND l.window_start = r.window_start AND l.window_end = r.window_end;
CREATE STREAM collected (device STRING, n BIGINT, note STRING) PARTITION BY device;
INSERT INTO collected (n, device) SELECT COUNT(*), device FROM keyed GROUP BY device;
CREATE STREAM raw (device STRING, n BIGINT) AS EPL $$ select device, count(*) as n from keyed#time(10 sec) /* further */ group by device having max(value) > 'readings'.length() $$;
