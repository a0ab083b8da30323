package io.millrace.connector.jdbc;

import io.millrace.testing.TestMariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

class MariaDbSinkTest extends JdbcSinkTaskSuite {

  private final TestMariaDb mariaDb = TestMariaDb.shared();
  private final String database = mariaDb.createDatabase();

  @Override
  Connection connect() throws SQLException {
    return mariaDb.connect(database);
  }

  @Override
  Map<String, String> connectionOptions() {
    return Map.of(
        "url",
        mariaDb.jdbcUrl(database),
        "username",
        mariaDb.username(),
        "password",
        mariaDb.password());
  }

  @Override
  String quote(String identifier) {
    return '`' + identifier + '`';
  }
}
