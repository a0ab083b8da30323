-- Four logs, one question: which host was scanned, then scans others itself, connects outside and
-- downloads, all within 30 seconds? One ranked incident in place of a thousand alerts.

CREATE APPLICATION security WITH (
  description = 'Logs of VPN, firewall, router and hosts, correlated by address',
  -- A log without news does not hold up the others.
  idle_timeout = '10 seconds'
);

-- samples/security/Generate.java writes them; relative paths are in .millrace/files.
CREATE SOURCE vpn (ts TIMESTAMP, user_name STRING, address STRING)
  WITH (connector = 'file', path = 'security/vpn.jsonl', format = 'json');

CREATE SOURCE firewall (ts TIMESTAMP, source STRING, target STRING, port INT, action STRING)
  WITH (connector = 'file', path = 'security/firewall.jsonl', format = 'json');

CREATE SOURCE router (ts TIMESTAMP, source STRING, target STRING, outside BOOLEAN, bytes BIGINT)
  WITH (connector = 'file', path = 'security/router.jsonl', format = 'json');

CREATE SOURCE hosts (ts TIMESTAMP, address STRING, event STRING, file STRING, bytes BIGINT)
  WITH (connector = 'file', path = 'security/hosts.jsonl', format = 'json');

-- How many ports of a host another one has tried in the last ten seconds.
CREATE STREAM ports_tried PARTITION BY source, target TIMESTAMP BY ts AS
  SELECT ts, source, target,
         COUNT(DISTINCT port) OVER (
           PARTITION BY source, target ORDER BY ts
           RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) AS ports
  FROM firewall;

-- A scan is told once: with its twentieth port.
CREATE STREAM port_scans PARTITION BY target TIMESTAMP BY ts AS
  SELECT ts, source, target, ports
  FROM (
    SELECT ts, source, target, ports,
           LAG(ports) OVER (PARTITION BY source, target ORDER BY ts) AS previous_ports
    FROM ports_tried
  )
  WHERE ports >= 20 AND previous_ports < 20;

-- What each address has to do with, in the order of its steps.
CREATE STREAM attack_chains PARTITION BY address TIMESTAMP BY noticed AS
  WITH steps AS (
    SELECT ts, target AS address, 'scanned' AS step, source AS other, CAST(0 AS BIGINT) AS bytes
    FROM port_scans
    UNION ALL
    SELECT ts, source, 'scans', target, CAST(0 AS BIGINT) FROM port_scans
    UNION ALL
    SELECT ts, source, 'outside', target, bytes FROM router WHERE outside
    UNION ALL
    SELECT ts, address, 'download', file, bytes FROM hosts WHERE event = 'download'
  )
  SELECT *
  FROM steps
  MATCH_RECOGNIZE (
    PARTITION BY address
    ORDER BY ts
    MEASURES
      scanned.ts AS since, download.ts AS noticed, scanned.other AS entry, scans.other AS next_host,
      outside.other AS outside_address, download.other AS file, download.bytes AS bytes
    ONE ROW PER MATCH
    AFTER MATCH SKIP PAST LAST ROW
    PATTERN (scanned any1*? scans any2*? outside any3*? download)
    WITHIN INTERVAL '30' SECOND
    DEFINE
      scanned AS scanned.step = 'scanned',
      scans AS scans.step = 'scans',
      outside AS outside.step = 'outside',
      download AS download.step = 'download'
  );

-- Who was behind the address that began it, and how bad it is: 1 is worst.
CREATE STREAM incidents TIMESTAMP BY noticed AS
  SELECT c.address, c.since, c.noticed, c.entry, v.user_name, c.next_host, c.outside_address,
         c.file, c.bytes,
         CASE WHEN c.bytes >= 100000000 AND v.user_name IS NOT NULL THEN 1
              WHEN c.bytes >= 100000000 THEN 2
              ELSE 3 END AS priority
  FROM attack_chains AS c
  LEFT JOIN vpn AS v
    ON v.address = c.entry AND v.ts BETWEEN c.noticed - INTERVAL '5' MINUTE AND c.noticed;

CREATE SINK incidents_json FROM incidents WITH (
  connector = 'file', format = 'json', directory = 'security/incidents'
);
