-- Glucose meters that report every few seconds. A meter that reports errors, or nothing at all, is
-- found within seconds: somebody depends on it.

CREATE APPLICATION glucose WITH (
  description = 'Meters that fail or fall silent',
  -- When all meters are silent, time goes on all the same after five seconds.
  idle_timeout = '5 seconds'
);

-- samples/glucose/Generate.java writes them; relative paths are in .millrace/files.
CREATE SOURCE readings (
  ts TIMESTAMP, meter STRING, status STRING, code STRING, glucose DOUBLE
) WITH (connector = 'file', path = 'glucose/readings.jsonl', format = 'json');

-- Meters are read in parallel: a reading may come a second behind those of others.
CREATE STREAM ordered_readings PARTITION BY meter TIMESTAMP BY ts ALLOW LATENESS INTERVAL '1' SECOND AS
  SELECT ts, meter, status, code, glucose FROM readings;

-- Absence: a reading that no other reading of the same meter follows within fifteen seconds.
CREATE STREAM silent_meters AS
  SELECT r.meter, r.ts AS last_seen, r.ts + INTERVAL '15' SECOND AS noticed
  FROM ordered_readings AS r
  LEFT JOIN ordered_readings AS n
    ON n.meter = r.meter AND n.ts > r.ts AND n.ts <= r.ts + INTERVAL '15' SECOND
  WHERE n.meter IS NULL;

-- Three errors in a row; a single one happens.
CREATE STREAM failing_meters AS
  SELECT *
  FROM ordered_readings
  MATCH_RECOGNIZE (
    PARTITION BY meter
    ORDER BY ts
    MEASURES FIRST(e.ts) AS since, LAST(e.ts) AS noticed, LAST(e.code) AS code
    ONE ROW PER MATCH
    AFTER MATCH SKIP TO NEXT ROW
    PATTERN (ok e{3})
    WITHIN INTERVAL '1' MINUTE
    DEFINE ok AS ok.status = 'OK', e AS e.status = 'ERROR'
  );

-- Too little sugar, twice in a row.
CREATE STREAM low_glucose AS
  SELECT meter, ts, glucose, previous
  FROM (
    SELECT meter, ts, glucose,
           LAG(glucose, 1) OVER (PARTITION BY meter ORDER BY ts) AS previous,
           LAG(glucose, 2) OVER (PARTITION BY meter ORDER BY ts) AS before_previous
    FROM ordered_readings
  )
  WHERE glucose < 54 AND previous < 54 AND before_previous >= 54;

-- One stream for whoever has to look after them.
CREATE STREAM meter_alerts PARTITION BY meter TIMESTAMP BY noticed AS
  SELECT meter, 'silent' AS trouble, last_seen AS since, noticed, CAST(NULL AS STRING) AS code
  FROM silent_meters
  UNION ALL
  SELECT meter, 'errors', since, noticed, code FROM failing_meters
  UNION ALL
  SELECT meter, 'low glucose', ts, ts, CAST(glucose AS STRING) FROM low_glucose;

CREATE SINK alerts_json FROM meter_alerts WITH (
  connector = 'file', format = 'json', directory = 'glucose/alerts'
);
