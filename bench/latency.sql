-- What ./millrace bench latency measures: a captured table, a query, a target table, exactly once.
CREATE APPLICATION latency WITH (delivery = 'exactly-once');

CREATE SOURCE ticks_source WITH (
  connector = 'mariadb-cdc', hostname = '127.0.0.1', port = 13306,
  username = 'cdc', password = SECRET shop_password, tables = 'shop.tick'
);
CREATE STREAM tick_changes FROM ticks_source TABLE 'shop.tick';

CREATE STREAM ticks AS
  SELECT c.after.id, UPPER(c.after.note) AS note FROM tick_changes AS c WHERE c.op <> 'd';

CREATE SINK tick_table FROM ticks WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica',
  username = 'replica', password = SECRET replica_password, table = 'tick', mode = 'append'
);
