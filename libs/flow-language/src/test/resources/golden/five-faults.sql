CREATE APPLICATION faulty;
CREATE SOURCE shop WITH (connector = 'mariadb-cdc', hostname = 'localhost', username = 'cdc');
CREATE STREAM changes FROM shop TABLE 'shop.stok';
CREATE STREAM stock FROM shop TABLE 'shop.stock';
CREATE STREAM a AS SELECT c.after.locaton_id FROM stock AS c;
CREATE SINK files FROM stokc WITH (connector = 'file', directory = '/x');
CREATE SINK more FROM stock WITH (connector = 'fille', directory = '/x');
CREATE STREM b AS SELECT 1 FROM stock;
