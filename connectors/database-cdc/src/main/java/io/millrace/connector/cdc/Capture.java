package io.millrace.connector.cdc;

/** The kinds of capture: options, log, database and Debezium's configuration belong together. */
enum Capture {
  MARIADB("mariadb-cdc", CdcOptions.MARIADB, BinlogDialect.MARIADB, BinlogDatabase.MARIADB),
  MYSQL("mysql-cdc", CdcOptions.MYSQL, BinlogDialect.MYSQL, BinlogDatabase.MYSQL),
  POSTGRES("postgres-cdc", CdcOptions.POSTGRES, new PostgresDialect(), new PostgresDatabase());

  private final String type;
  private final CdcOptions options;
  private final Dialect dialect;
  private final Database database;

  Capture(String type, CdcOptions options, Dialect dialect, Database database) {
    this.type = type;
    this.options = options;
    this.dialect = dialect;
    this.database = database;
  }

  String type() {
    return type;
  }

  CdcOptions options() {
    return options;
  }

  Dialect dialect() {
    return dialect;
  }

  Database database() {
    return database;
  }
}
