-- Where passengers and employees of an airport are, each second. Too few employees in a zone: more
-- are asked for. A passenger in a prohibited zone: an alert.

CREATE APPLICATION airport WITH (
  description = 'Passengers and employees by zone of the terminal'
);

-- samples/airport/Generate.java writes them; relative paths are in .millrace/files.
CREATE SOURCE positions (
  ts TIMESTAMP, person STRING, kind STRING, level INT, x DOUBLE, y DOUBLE
) WITH (connector = 'file', path = 'airport/positions.csv', format = 'csv');

-- The plan of each floor: its zones by name, as polygons in metres.
CREATE CACHE floors (level INT PRIMARY KEY, zones JSON)
  WITH (connector = 'file', path = 'airport/floors.jsonl', format = 'json');

CREATE CACHE zone_rules (zone STRING PRIMARY KEY, prohibited BOOLEAN, passengers_per_employee INT)
  WITH (connector = 'file', path = 'airport/zones.csv', header = true);

-- Which zone each person is in; NULL between the zones.
CREATE STREAM located PARTITION BY person TIMESTAMP BY ts AS
  SELECT p.ts, p.person, p.kind, p.level, p.x, p.y, ZONE_AT(p.x, p.y, f.zones) AS zone
  FROM positions AS p JOIN floors AS f ON f.level = p.level;

-- How many of each kind are in each zone, second by second.
CREATE STREAM zone_counts PARTITION BY zone TIMESTAMP BY window_time AS
  SELECT zone, window_start, window_end, window_time,
         COUNT(*) FILTER (WHERE kind = 'passenger') AS passengers,
         COUNT(*) FILTER (WHERE kind = 'employee') AS employees
  FROM TABLE(TUMBLE(TABLE located, DESCRIPTOR(ts), INTERVAL '1' SECOND))
  WHERE zone IS NOT NULL
  GROUP BY zone, window_start, window_end, window_time;

-- How many employees a zone lacks; a zone that lacks some is red.
CREATE STREAM staffing PARTITION BY zone TIMESTAMP BY window_time AS
  SELECT c.zone, c.window_start, c.window_time, c.passengers, c.employees,
         GREATEST(
           (c.passengers + r.passengers_per_employee - 1) / r.passengers_per_employee - c.employees,
           CAST(0 AS BIGINT)) AS missing,
         CASE WHEN c.employees * r.passengers_per_employee >= c.passengers
              THEN 'green' ELSE 'red' END AS colour
  FROM zone_counts AS c JOIN zone_rules AS r ON r.zone = c.zone
  WHERE NOT r.prohibited;

-- More are asked for when a lack begins.
CREATE STREAM staff_requests TIMESTAMP BY window_time AS
  SELECT zone, window_start AS since, window_time, passengers, employees, missing
  FROM (
    SELECT *, LAG(missing, 1, CAST(0 AS BIGINT)) OVER (
             PARTITION BY zone ORDER BY window_time) AS previous
    FROM staffing
  )
  WHERE missing > 0 AND previous = 0;

-- Passengers who change from one zone to another.
CREATE STREAM moves PARTITION BY zone TIMESTAMP BY ts AS
  SELECT ts, person, level, x, y, zone, previous_zone
  FROM (
    SELECT ts, person, level, x, y, zone,
           LAG(zone) OVER (PARTITION BY person ORDER BY ts) AS previous_zone
    FROM located WHERE kind = 'passenger'
  )
  WHERE zone IS DISTINCT FROM previous_zone;

-- Those who enter where they must not.
CREATE STREAM intrusions PARTITION BY person TIMESTAMP BY ts AS
  SELECT m.ts, m.person, m.level, m.x, m.y, m.zone
  FROM moves AS m JOIN zone_rules AS r ON r.zone = m.zone
  WHERE r.prohibited;

CREATE SINK requests_json FROM staff_requests WITH (
  connector = 'file', format = 'json', directory = 'airport/requests'
);

CREATE SINK intrusions_json FROM intrusions WITH (
  connector = 'file', format = 'json', directory = 'airport/intrusions'
);
