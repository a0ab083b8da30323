package io.millrace.connector.jdbc;

import io.millrace.connector.ConnectorException;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the target's tables fit the rows: creates them, adds columns, widens types. */
final class TargetTables {

  private static final Logger LOG = LoggerFactory.getLogger(TargetTables.class);

  private final Dialect dialect;
  private final JdbcSinkConfig config;
  private final Map<TableId, TargetTable> known = new HashMap<>();

  TargetTables(Dialect dialect, JdbcSinkConfig config) {
    this.dialect = dialect;
    this.config = config;
  }

  /** Looks at every table again before it is next written. */
  void forget() {
    known.clear();
  }

  /** The primary key that the target table has by itself; empty when there is no such table. */
  List<String> primaryKey(Connection connection, TableId id) throws SQLException {
    return find(connection, id).map(TargetTable::primaryKey).orElse(List.of());
  }

  /**
   * How rows go into a table, once the table takes them. Changes the table where that is needed and
   * allowed, in statements of their own: the connection has to be in auto-commit mode.
   *
   * @param key the columns that identify a row, or none
   * @throws ConnectorException if the table cannot take the rows; the message says why and what to
   *     do
   */
  Layout layout(Connection connection, TableId id, RowType row, List<String> key)
      throws SQLException {
    TargetTable table = find(connection, id).orElse(null);
    if (table == null) {
      table = create(connection, id, row, key);
    } else {
      table = evolve(connection, table, row, key);
    }
    List<Layout.Binding> columns = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      columns.add(
          new Layout.Binding(
              i, row.field(i).type(), table.column(row.field(i).name()).orElseThrow()));
    }
    List<Layout.Binding> keyColumns = new ArrayList<>();
    for (String name : key) {
      OptionalInt index = row.indexOf(name);
      if (index.isEmpty()) {
        throw new ConnectorException(
            "KEY_COLUMN_MISSING",
            "key column %s is not in the rows for table %s, which have %s"
                .formatted(name, id, names(row)));
      }
      keyColumns.add(columns.get(index.getAsInt()));
    }
    Layout layout = new Layout(table, columns, keyColumns);
    if (!key.isEmpty() && !table.isUnique(layout.keyNames())) {
      String statement = dialect.uniqueIndex(id, layout.keyNames());
      throw new ConnectorException(
          "KEY_NOT_UNIQUE",
          "mode upsert needs a unique index on %s of table %s; create it: %s"
              .formatted(String.join(", ", layout.keyNames()), id, statement));
    }
    return layout;
  }

  private Optional<TargetTable> find(Connection connection, TableId id) throws SQLException {
    TargetTable table = known.get(id);
    if (table == null) {
      table = TargetTable.find(connection, dialect, id).orElse(null);
      if (table != null) {
        known.put(id, table);
      }
    }
    return Optional.ofNullable(table);
  }

  private TargetTable create(Connection connection, TableId id, RowType row, List<String> key)
      throws SQLException {
    List<String> named =
        key.stream()
            .map(k -> row.indexOf(k).isPresent() ? row.field(row.indexOf(k).getAsInt()).name() : k)
            .toList();
    String sql = dialect.createTable(id, row, named);
    if (!config.createTable()) {
      throw new ConnectorException(
          "NO_TABLE",
          "there is no table %s, and create_table is false; create it: %s".formatted(id, sql));
    }
    try {
      execute(connection, sql);
    } catch (SQLException e) {
      if (TargetTable.find(connection, dialect, id).isEmpty()) {
        throw e;
      }
    }
    return find(connection, id)
        .orElseThrow(() -> new SQLException("table " + id + " is not there after its creation"));
  }

  private TargetTable evolve(
      Connection connection, TargetTable table, RowType row, List<String> key) throws SQLException {
    List<String> changes = new ArrayList<>();
    for (Field field : row.fields()) {
      Optional<TargetColumn> column = table.column(field.name());
      if (column.isEmpty()) {
        changes.add(dialect.addColumn(table.id(), field.name(), field.type()));
        continue;
      }
      switch (ColumnFit.of(field.type(), column.get())) {
        case FITS -> {}
        case TOO_NARROW -> changes.add(widen(table, column.get(), field.type(), key));
        case INCOMPATIBLE ->
            throw new ConnectorException(
                "INCOMPATIBLE_COLUMN",
                "column %s of table %s has the type %s, which does not hold %s; change its type to %s, or cast the column in a query before the sink"
                    .formatted(
                        column.get().name(),
                        table.id(),
                        column.get().typeName(),
                        field.type().sql(),
                        dialect.type(field.type(), false)));
      }
    }
    if (changes.isEmpty()) {
      return table;
    }
    if (!config.followColumns()) {
      throw new ConnectorException(
          "COLUMNS_DIFFER",
          "table %s does not take the rows, and follow_columns is false; run: %s"
              .formatted(table.id(), String.join("; ", changes)));
    }
    known.remove(table.id());
    for (String change : changes) {
      alter(connection, table, change);
    }
    return find(connection, table.id())
        .orElseThrow(() -> new SQLException("table " + table.id() + " is gone"));
  }

  private String widen(TargetTable table, TargetColumn column, DataType type, List<String> key) {
    boolean inKey = table.primaryKey().contains(column.name()) || key.contains(column.name());
    return dialect.changeType(
        table.id(), column.name(), dialect.type(ColumnFit.widened(type, column), inKey), inKey);
  }

  /** Another task may have made the same change a moment before. */
  private void alter(Connection connection, TargetTable before, String sql) throws SQLException {
    try {
      execute(connection, sql);
    } catch (SQLException e) {
      TargetTable now = TargetTable.find(connection, dialect, before.id()).orElseThrow(() -> e);
      if (now.equals(before) || dialect.classify(e) == Fault.CONNECTION) {
        throw e;
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    LOG.info("changing the target: {}", sql);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String names(RowType row) {
    return String.join(", ", row.fields().stream().map(Field::name).toList());
  }
}
