package io.millrace.connector.jdbc;

import io.millrace.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

class PostgresSinkTest extends JdbcSinkTaskSuite {

  private final TestPostgres postgres = TestPostgres.shared();
  private final String database = postgres.createDatabase();

  @Override
  Connection connect() throws SQLException {
    return postgres.connect(database);
  }

  @Override
  Map<String, String> connectionOptions() {
    return Map.of(
        "url",
        postgres.jdbcUrl(database),
        "username",
        postgres.username(),
        "password",
        postgres.password());
  }

  @Override
  String quote(String identifier) {
    return '"' + identifier + '"';
  }
}
