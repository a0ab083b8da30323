CREATE APPLICATION patterns WITH (state_retention = '1 day', state_memory = '512 MB', idle_timeout = '3 seconds', partitions = 1);
CREATE SOURCE orders (id INT, amount DECIMAL(10,2), at TIMESTAMP) WITH (connector = 'datagen');
CREATE SOURCE payments (order_id INT, orders INT) WITH (connector = 'datagen');
-- reads one stream and names another, as a column, as a text and in comments
CREATE STREAM reads_one (id INT) AS EPL $$ select id, orders from payments -- orders
  where 'orders' <> "orders" /* orders */ $$;
CREATE STREAM unchecked (id INT) AS EPL $$ select id from Orders where offline > 1 $$;
