package io.millrace.connector.jdbc;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries a target for real: connects, logs in, makes the table of positions, and tries the rights on
 * a table that is there with statements that touch no row.
 */
final class JdbcSinkCheck {

  private final List<Problem> problems = new ArrayList<>();

  List<Problem> run(Map<String, String> options) {
    problems.addAll(JdbcSinkConfig.OPTIONS.problems(options));
    if (!problems.isEmpty()) {
      return problems;
    }
    try {
      JdbcSinkConfig config = JdbcSinkConfig.of(options);
      run(config, Dialect.of(config.url()));
    } catch (ConnectorException e) {
      problems.add(Problem.error(e.code(), "url", e.getMessage(), "correct the url"));
    }
    return problems;
  }

  private void run(JdbcSinkConfig config, Dialect dialect) {
    try (Connection connection = JdbcConnections.open(config, dialect)) {
      offsets(connection, config, dialect);
      if (config.table() != null && !config.table().contains("{")) {
        table(connection, config, dialect, TableId.parse(config.table()));
      }
    } catch (SQLException e) {
      problems.add(dialect.connectionProblem(e, config));
    }
  }

  private void offsets(Connection connection, JdbcSinkConfig config, Dialect dialect)
      throws SQLException {
    try {
      new JdbcOffsets(dialect, config.offsetsTable(), "check").createTable(connection);
    } catch (SQLException e) {
      String schema = config.offsetsTable().schema();
      if (schema == null) {
        schema = dialect.schemasAreCatalogs() ? connection.getCatalog() : connection.getSchema();
      }
      problems.add(
          Problem.error(
                  "CANNOT_CREATE_TABLES",
                  "username",
                  "user %s cannot create the table %s, which keeps the positions: %s"
                      .formatted(config.username(), config.offsetsTable(), e.getMessage()),
                  "let the user create tables, or create it for the user")
              .withStatement(
                  schema == null
                      ? dialect.createOffsets(config.offsetsTable())
                      : dialect.grantCreate(config.username(), schema)));
      return;
    }
    rights(connection, config, dialect, config.offsetsTable(), "next_offset");
  }

  private void table(Connection connection, JdbcSinkConfig config, Dialect dialect, TableId id)
      throws SQLException {
    Optional<TargetTable> found = TargetTable.find(connection, dialect, id);
    if (found.isEmpty()) {
      if (!config.createTable()) {
        problems.add(
            Problem.error(
                "NO_TABLE",
                "table",
                "there is no table " + id,
                "create it, or set create_table = 'true'"));
      }
      return;
    }
    TargetTable table = found.get();
    rights(connection, config, dialect, id, table.columns().getFirst().name());
    List<String> missing = config.key().stream().filter(k -> table.column(k).isEmpty()).toList();
    if (!missing.isEmpty()) {
      problems.add(
          Problem.error(
              "KEY_COLUMN_MISSING",
              "key",
              "table %s has no column %s".formatted(id, String.join(", ", missing)),
              "correct the option key; the table has the columns "
                  + String.join(", ", table.columns().stream().map(TargetColumn::name).toList())));
      return;
    }
    List<String> key =
        config.key().stream().map(k -> table.column(k).orElseThrow().name()).toList();
    if (config.upserts(false) && !key.isEmpty() && !table.isUnique(key)) {
      problems.add(
          Problem.error(
                  "KEY_NOT_UNIQUE",
                  "key",
                  "mode upsert needs a unique index on %s of table %s"
                      .formatted(String.join(", ", key), id),
                  "create the index")
              .withStatement(dialect.uniqueIndex(id, key)));
    }
  }

  private void rights(
      Connection connection, JdbcSinkConfig config, Dialect dialect, TableId id, String column) {
    String table = dialect.quote(id);
    String name = dialect.quote(column);
    List<String> attempts =
        List.of(
            "INSERT INTO %s SELECT * FROM %s WHERE 1 = 0".formatted(table, table),
            "UPDATE %s SET %s = %s WHERE 1 = 0".formatted(table, name, name),
            "DELETE FROM %s WHERE 1 = 0".formatted(table));
    for (String attempt : attempts) {
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(attempt);
      } catch (SQLException e) {
        if (!dialect.isForbidden(e)) {
          continue;
        }
        problems.add(
            Problem.error(
                    "NO_PERMISSION",
                    "username",
                    "user %s may not write table %s: %s"
                        .formatted(config.username(), id, e.getMessage()),
                    "grant it")
                .withStatement(dialect.grantTable(config.username(), id)));
        return;
      }
    }
  }
}
