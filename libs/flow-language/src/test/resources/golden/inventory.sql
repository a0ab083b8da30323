CREATE APPLICATION inventory WITH (delivery = 'exactly-once');

-- sources: connector + options; every option is described by the connector's own config definition
CREATE SOURCE shop WITH (
  connector = 'mariadb-cdc', hostname = 'localhost', port = 3306,
  username = 'cdc', password = SECRET shop_password,
  tables = 'shop.stock, shop.product'
);
CREATE STREAM stock_changes FROM shop TABLE 'shop.stock';      -- typed from the database: before ROW(..), after ROW(..), op, ts, source

CREATE STREAM stock PARTITION BY product_id AS
  SELECT c.after.location_id, c.after.product_id, c.after.quantity, c.before.quantity AS previous_quantity
  FROM stock_changes AS c WHERE op <> 'd';

-- caches: from a query over JDBC, a file, a CDC table or a stream
CREATE CACHE products (product_id INT PRIMARY KEY, description STRING, brand STRING, price DECIMAL(10,2))
  WITH (connector = 'jdbc', url = 'jdbc:mariadb://localhost/shop', query = 'SELECT product_id, description, brand, price FROM product', refresh = '5 minutes');
CREATE CACHE products_live KEY (product_id) FROM shop TABLE 'shop.product';   -- always fresh: CDC upserts and deletes it

CREATE STREAM enriched_stock AS
  SELECT s.*, p.description, p.brand, p.price
  FROM stock AS s LEFT JOIN products_live AS p ON s.product_id = p.product_id;

-- sinks
CREATE SINK stock_csv FROM enriched_stock WITH (connector = 'file', format = 'csv', directory = '/data/out');
CREATE SINK warehouse FROM enriched_stock WITH (connector = 'jdbc', url = 'jdbc:postgresql://localhost/w', table = 'stock', mode = 'upsert', key = 'location_id, product_id');
CREATE SINK replica FROM shop WITH (connector = 'jdbc', url = 'jdbc:postgresql://localhost/r');           -- a whole database, schema changes included
