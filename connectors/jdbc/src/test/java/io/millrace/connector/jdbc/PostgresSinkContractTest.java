package io.millrace.connector.jdbc;

import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.contract.SinkContract;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkTask;

class PostgresSinkContractTest extends SinkContract {

  private final TestPostgres postgres = TestPostgres.shared();
  private final String database = postgres.createDatabase();

  @Override
  protected ConnectorProvider provider() {
    return new JdbcSinkProvider();
  }

  @Override
  protected SinkTask newTask(TaskPlatform.Factory platform) {
    return new JdbcSinkTask(platform);
  }

  @Override
  protected Map<String, String> options() {
    return options(postgres.jdbcUrl(database));
  }

  @Override
  protected Map<String, String> unreachableOptions() {
    return options("jdbc:postgresql://127.0.0.1:1/" + database);
  }

  private Map<String, String> options(String url) {
    return Map.of(
        "url",
        url,
        "username",
        postgres.username(),
        "password",
        postgres.password(),
        "table",
        "events");
  }

  @Override
  protected List<Long> delivered() {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM events")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
      return ids;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
