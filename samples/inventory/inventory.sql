-- What lies where in a chain of shops: every change of a stock row, with what the product is and
-- how much was there before, in a Kafka topic, in CSV files and, for the central warehouse, in Avro.

CREATE APPLICATION inventory WITH (delivery = 'exactly-once');

-- The shop's database, read from its binary log. ./millrace status shows how to change it.
CREATE SOURCE shop WITH (
  connector = 'mariadb-cdc', hostname = '127.0.0.1', port = 13306,
  username = 'cdc', password = SECRET shop_password,
  tables = 'shop.stock, shop.product'
);

CREATE STREAM stock_changes FROM shop TABLE 'shop.stock';

-- From before and after of each change to the fields that matter.
CREATE STREAM stock PARTITION BY product_id AS
  SELECT c.after.location_id, c.after.product_id, c.after.quantity,
         c.before.quantity AS previous_quantity, c.after.updated_at
  FROM stock_changes AS c
  WHERE c.op <> 'd';

-- Always as fresh as the product table: its changes keep the cache.
CREATE CACHE products KEY (product_id) FROM shop TABLE 'shop.product';

CREATE STREAM enriched_stock AS
  SELECT s.location_id, s.product_id, s.quantity, s.previous_quantity, s.updated_at,
         p.description, p.brand, p.category, p.price
  FROM stock AS s LEFT JOIN products AS p ON s.product_id = p.product_id;

-- For everybody else: JSON in a topic of its own ...
CREATE SINK stock_json FROM enriched_stock WITH (
  connector = 'kafka', topic = 'inventory.stock', format = 'json', key = 'product_id'
);

-- ... and back again, as any other program would read it.
CREATE SOURCE stock_feed (
  location_id INT, product_id INT, quantity INT, previous_quantity INT, updated_at TIMESTAMP,
  description STRING, brand STRING, category STRING, price DECIMAL(10, 2)
) WITH (connector = 'kafka', topic = 'inventory.stock', format = 'json');

-- Relative directories are in .millrace/files.
CREATE SINK stock_csv FROM stock_feed WITH (
  connector = 'file', format = 'csv', directory = 'inventory/csv', roll_size = '16 MB'
);

-- Location 10 is the central warehouse.
CREATE STREAM warehouse_stock AS
  SELECT * FROM enriched_stock WHERE location_id = 10;

CREATE SINK warehouse_avro FROM warehouse_stock WITH (
  connector = 'file', format = 'avro', directory = 'inventory/warehouse', roll_interval = '1 minute'
);
