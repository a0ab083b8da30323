package io.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A table of the target as it is.
 *
 * @param uniqueKeys the sets of columns that have a unique index, the primary key among them
 */
record TargetTable(
    TableId id, List<TargetColumn> columns, List<String> primaryKey, Set<Set<String>> uniqueKeys) {

  /** The table's description, or nothing when there is no such table. */
  static Optional<TargetTable> find(Connection connection, Dialect dialect, TableId id)
      throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    String catalog =
        dialect.schemasAreCatalogs() && id.schema() != null ? id.schema() : connection.getCatalog();
    String schema =
        dialect.schemasAreCatalogs()
            ? null
            : id.schema() != null ? id.schema() : connection.getSchema();
    List<TargetColumn> columns = new ArrayList<>();
    try (ResultSet rows =
        metadata.getColumns(catalog, escape(metadata, schema), escape(metadata, id.name()), "%")) {
      while (rows.next()) {
        boolean optional =
            rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls
                || rows.getString("COLUMN_DEF") != null
                || "YES".equals(rows.getString("IS_AUTOINCREMENT"));
        columns.add(
            new TargetColumn(
                rows.getString("COLUMN_NAME"),
                rows.getInt("DATA_TYPE"),
                rows.getString("TYPE_NAME"),
                rows.getInt("COLUMN_SIZE"),
                rows.getInt("DECIMAL_DIGITS"),
                optional));
      }
    }
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    TreeMap<Integer, String> key = new TreeMap<>();
    try (ResultSet rows = metadata.getPrimaryKeys(catalog, schema, id.name())) {
      while (rows.next()) {
        key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    Map<String, Set<String>> indexes = new HashMap<>();
    try (ResultSet rows = metadata.getIndexInfo(catalog, schema, id.name(), true, true)) {
      while (rows.next()) {
        String index = rows.getString("INDEX_NAME");
        if (index != null && rows.getString("FILTER_CONDITION") == null) {
          indexes.computeIfAbsent(index, i -> new HashSet<>()).add(rows.getString("COLUMN_NAME"));
        }
      }
    }
    Set<Set<String>> uniqueKeys = new HashSet<>(indexes.values());
    uniqueKeys.add(Set.copyOf(key.values()));
    return Optional.of(
        new TargetTable(
            id, List.copyOf(columns), List.copyOf(key.values()), Set.copyOf(uniqueKeys)));
  }

  /** The column of that name: as written, else the only one that differs in case alone. */
  Optional<TargetColumn> column(String name) {
    TargetColumn found = null;
    for (TargetColumn column : columns) {
      if (column.name().equals(name)) {
        return Optional.of(column);
      }
      if (column.name().equalsIgnoreCase(name)) {
        if (found != null) {
          return Optional.empty();
        }
        found = column;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Whether no two rows can have the same values in these columns. */
  boolean isUnique(List<String> names) {
    return uniqueKeys.contains(Set.copyOf(names));
  }

  private static String escape(DatabaseMetaData metadata, String pattern) throws SQLException {
    if (pattern == null) {
      return null;
    }
    String escape = metadata.getSearchStringEscape();
    if (escape == null || escape.isEmpty()) {
      return pattern;
    }
    return pattern
        .replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }
}
