-- Events of a table, counted by kind and window of ten seconds, while everything is killed.
CREATE APPLICATION windows WITH (delivery = 'exactly-once', partitions = 2, idle_timeout = '30 minutes');

CREATE SOURCE meters WITH (
  connector = 'mariadb-cdc', hostname = '127.0.0.1', port = 13306,
  username = 'cdc', password = SECRET shop_password, tables = 'windows.reading'
);
CREATE STREAM changes FROM meters TABLE 'windows.reading';

CREATE STREAM readings TIMESTAMP BY at AS
  SELECT c.after.id AS id, c.after.kind AS kind, c.after.at AS at FROM changes AS c;

CREATE STREAM counted AS
  SELECT kind, window_end, COUNT(*) AS n, SUM(id) AS ids
  FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(at), INTERVAL '10' SECOND))
  GROUP BY kind, window_start, window_end;

CREATE SINK counted_appended FROM counted WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica', table = 'counted',
  username = 'replica', password = SECRET replica_password, mode = 'append'
);
