-- Everything that keeps state, between two sources and every kind of target.
CREATE APPLICATION faults WITH (delivery = 'exactly-once');

CREATE SOURCE maria WITH (
  connector = 'mariadb-cdc', hostname = '127.0.0.1', port = 13306,
  username = 'cdc', password = SECRET shop_password, tables = 'faults.*'
);
CREATE SOURCE orders WITH (
  connector = 'postgres-cdc', hostname = '127.0.0.1', port = 15432, database = 'orders',
  username = 'orders', password = SECRET orders_password, tables = 'public.*'
);

-- the replica: every table of both sources as it is there
CREATE SINK maria_replica FROM maria WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica',
  username = 'replica', password = SECRET replica_password
);
CREATE SINK orders_replica FROM orders WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica', table = '{table}',
  username = 'replica', password = SECRET replica_password
);

-- the append targets: every change once
CREATE STREAM items FROM maria TABLE 'faults.item';
CREATE STREAM carts FROM orders TABLE 'public.cart';
CREATE CACHE kinds KEY (kind) FROM maria TABLE 'faults.kind';

CREATE STREAM item_changes AS
  SELECT COALESCE(c.after.id, c.before.id) AS id, COALESCE(c.after.v, c.before.v) AS v, c.op,
         k.name AS kind_name
  FROM items AS c LEFT JOIN kinds AS k ON COALESCE(c.after.kind, c.before.kind) = k.kind;
CREATE STREAM cart_changes AS
  SELECT COALESCE(c.after.id, c.before.id) AS id, COALESCE(c.after.v, c.before.v) AS v, c.op
  FROM carts AS c;

CREATE SINK item_appended FROM item_changes WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica', table = 'item_appended',
  username = 'replica', password = SECRET replica_password, mode = 'append'
);
CREATE SINK cart_appended FROM cart_changes WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica', table = 'cart_appended',
  username = 'replica', password = SECRET replica_password, mode = 'append'
);
CREATE SINK item_csv FROM item_changes WITH (
  connector = 'file', format = 'csv', directory = 'faults/item', roll_size = '1 MB'
);
CREATE SINK cart_csv FROM cart_changes WITH (
  connector = 'file', format = 'csv', directory = 'faults/cart', roll_size = '1 MB'
);
