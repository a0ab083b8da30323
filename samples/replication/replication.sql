-- A whole MariaDB database, kept in PostgreSQL: first what is there, then every change. Tables are
-- made as they are met, and columns added later are added there too.

CREATE APPLICATION replication WITH (delivery = 'exactly-once');

CREATE SOURCE shop WITH (
  connector = 'mariadb-cdc', hostname = '127.0.0.1', port = 13306,
  username = 'cdc', password = SECRET shop_password,
  tables = 'shop.*'
);

CREATE SINK replica FROM shop WITH (
  connector = 'jdbc', url = 'jdbc:postgresql://127.0.0.1:15432/replica',
  username = 'replica', password = SECRET replica_password
);
