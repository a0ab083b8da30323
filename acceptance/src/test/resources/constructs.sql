-- Every stateful construct over the events of one table, all into one stream. NAME is replaced: one
-- application runs while everything is killed, the other undisturbed.
CREATE APPLICATION NAME WITH (delivery = 'exactly-once', partitions = 2, idle_timeout = '30 minutes');

CREATE SOURCE meters WITH (
  connector = 'mariadb-cdc', hostname = '127.0.0.1', port = 13306,
  username = 'cdc', password = SECRET shop_password, tables = 'constructs.reading'
);
CREATE STREAM changes FROM meters TABLE 'constructs.reading';

CREATE STREAM readings PARTITION BY kind TIMESTAMP BY at AS
  SELECT c.after.id AS id, c.after.kind AS kind, MOD(c.after.id, 5) AS level, c.after.at AS at FROM changes AS c;

CREATE STREAM results (construct STRING, kind INT, at TIMESTAMP, what STRING);

CREATE SINK results_appended FROM results WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica', table = 'NAME_results',
  username = 'replica', password = SECRET replica_password, mode = 'append'
);

CREATE STREAM counted TIMESTAMP BY at AS
  SELECT kind, window_end AS ended, window_time AS at, COUNT(*) AS n, SUM(id) AS ids
  FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(at), INTERVAL '10' SECOND))
  GROUP BY kind, window_start, window_end, window_time;
INSERT INTO results
  SELECT 'tumble', kind, ended, CAST(n AS STRING) || ' ' || CAST(ids AS STRING) FROM counted;

-- Behind another query, by another key: time comes in watermarks.
INSERT INTO results
  SELECT 'windows of windows', 0, window_end, CAST(COUNT(*) AS STRING) || ' ' || CAST(SUM(ids) AS STRING)
  FROM TABLE(TUMBLE(TABLE counted, DESCRIPTOR(at), INTERVAL '20' SECOND))
  GROUP BY window_start, window_end;

INSERT INTO results
  SELECT 'hop', kind, window_end, CAST(MAX(id) AS STRING) || ' ' || CAST(COUNT(DISTINCT level) AS STRING)
  FROM TABLE(HOP(TABLE readings, DESCRIPTOR(at), INTERVAL '4' SECOND, INTERVAL '12' SECOND))
  GROUP BY kind, window_start, window_end;

INSERT INTO results
  SELECT 'cumulate', kind, window_end, CAST(AVG(CAST(id AS DOUBLE)) AS STRING)
  FROM TABLE(CUMULATE(TABLE readings, DESCRIPTOR(at), INTERVAL '5' SECOND, INTERVAL '20' SECOND))
  GROUP BY kind, window_start, window_end;

INSERT INTO results
  SELECT 'session', kind, window_end, CAST(MIN(id) AS STRING) || ' ' || CAST(COUNT(*) AS STRING)
  FROM TABLE(SESSION(TABLE readings PARTITION BY kind, DESCRIPTOR(at), INTERVAL '1' SECOND))
  GROUP BY kind, window_start, window_end;

INSERT INTO results
  SELECT 'over range', kind, at, CAST(SUM(id) OVER (PARTITION BY kind ORDER BY at
    RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND CURRENT ROW) AS STRING) FROM readings;

INSERT INTO results
  SELECT 'over rows', kind, at, CAST(step AS STRING) || ' ' || CAST(mean AS STRING) FROM (
    SELECT kind, at, id - LAG(id, 3) OVER w AS step, AVG(CAST(level AS DOUBLE)) OVER (PARTITION BY kind ORDER BY at
      ROWS BETWEEN 4 PRECEDING AND CURRENT ROW) AS mean
    FROM readings WINDOW w AS (PARTITION BY kind ORDER BY at));

INSERT INTO results
  SELECT 'interval join', a.kind, a.at, CAST(a.id AS STRING) || ' ' || COALESCE(CAST(b.id AS STRING), 'none')
  FROM readings AS a LEFT JOIN readings AS b
    ON a.kind = b.kind AND b.id = a.id + 7 AND b.at BETWEEN a.at AND a.at + INTERVAL '1' SECOND;

INSERT INTO results
  SELECT 'absence', k.kind, k.at, CAST(k.id AS STRING) FROM readings AS k WHERE NOT EXISTS (
    SELECT 1 FROM readings AS n WHERE n.kind = k.kind AND n.at > k.at AND n.at <= k.at + INTERVAL '1' SECOND);

INSERT INTO results
  SELECT 'window join', l.kind, l.window_end, CAST(l.n AS STRING) || ' ' || CAST(r.ids AS STRING) FROM
    (SELECT kind, window_start, window_end, COUNT(*) AS n
     FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(at), INTERVAL '5' SECOND)) GROUP BY kind, window_start, window_end) AS l
    JOIN
    (SELECT kind, window_start, window_end, SUM(id) AS ids
     FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(at), INTERVAL '5' SECOND)) GROUP BY kind, window_start, window_end) AS r
    ON l.kind = r.kind AND l.window_start = r.window_start AND l.window_end = r.window_end;

INSERT INTO results
  SELECT 'match', kind, at, CAST(first_id AS STRING) || ' ' || CAST(steps AS STRING) FROM readings
  MATCH_RECOGNIZE (PARTITION BY kind ORDER BY at
    MEASURES A.id AS first_id, COUNT(B.id) AS steps, C.at AS at
    ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
    PATTERN (A B+ C) WITHIN INTERVAL '5' SECOND
    DEFINE B AS B.level > PREV(B.level), C AS C.level < PREV(C.level)) AS m;

INSERT INTO results
  SELECT 'first row', kind, at, CAST(hundred AS STRING) FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY kind, hundred ORDER BY at) AS place
    FROM (SELECT kind, at, id / 100 AS hundred FROM readings))
  WHERE place = 1;

INSERT INTO results
  SELECT 'top', kind, window_end, CAST(place AS STRING) || ' ' || CAST(id AS STRING) FROM (
    SELECT kind, window_end, id, ROW_NUMBER() OVER (PARTITION BY kind, window_start, window_end ORDER BY level DESC, id) AS place
    FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(at), INTERVAL '10' SECOND)))
  WHERE place <= 3;

-- What comes out for each row depends on the order in which the two partitions are read, but for the count.
INSERT INTO results
  SELECT 'group by', kind, TIMESTAMP '2026-11-20 00:00:00', CAST(level AS STRING) || ' ' || CAST(COUNT(*) AS STRING)
  FROM readings WHERE at < TIMESTAMP '2026-11-25 00:00:00' GROUP BY kind, level;

CREATE STREAM followed (kind INT, at TIMESTAMP, first_id BIGINT, second_id BIGINT) AS EPL $$
  select b.kind as kind, b.at as at, a.id as first_id, b.id as second_id
  from pattern [every a=readings(level = 4) -> (b=readings(kind = a.kind, level = 0) where timer:within(5 sec))]
$$;
INSERT INTO results
  SELECT 'epl', kind, at, CAST(first_id AS STRING) || ' ' || CAST(second_id AS STRING) FROM followed;
