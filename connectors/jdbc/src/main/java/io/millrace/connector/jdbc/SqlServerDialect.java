package io.millrace.connector.jdbc;

import io.millrace.schemas.type.DataType;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** Microsoft SQL Server, with the driver that its user puts beside the connector. */
final class SqlServerDialect extends Dialect {

  private static final int MAX_PRECISION = 38;
  private static final int DEADLOCK = 1205;
  private static final int LOCK_TIMEOUT = 1222;
  private static final int INVALID_OBJECT = 208;
  private static final int INVALID_COLUMN = 207;
  private static final int OVERFLOW = 8115;
  private static final int TRUNCATED = 2628;
  private static final int TRUNCATED_OLD = 8152;

  @Override
  String title() {
    return "SQL Server";
  }

  @Override
  void connectionProperties(Properties properties) {
    properties.putIfAbsent("useBulkCopyForBatchInsert", "false");
    properties.putIfAbsent("sendStringParametersAsUnicode", "true");
    properties.putIfAbsent("applicationName", "millrace");
  }

  @Override
  String quote(String identifier) {
    return '[' + identifier.replace("]", "]]") + ']';
  }

  @Override
  String type(DataType type, boolean key) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> "bit";
            case INT -> "int";
            case BIGINT -> "bigint";
            case FLOAT -> "real";
            case DOUBLE -> "float";
            case STRING -> key ? "nvarchar(255) COLLATE Latin1_General_100_BIN2" : "nvarchar(max)";
            case BYTES -> key ? "varbinary(767)" : "varbinary(max)";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "datetime2(6)";
            case JSON -> "nvarchar(max)";
          };
      case DataType.Decimal d ->
          d.precision() > MAX_PRECISION
              ? "varchar(80)"
              : "decimal(%d, %d)".formatted(d.precision(), d.scale());
      default -> "nvarchar(max)";
    };
  }

  @Override
  String addColumn(TableId table, String column, DataType type) {
    return "ALTER TABLE %s ADD %s %s".formatted(quote(table), quote(column), type(type, false));
  }

  @Override
  String changeType(TableId table, String column, String type, boolean key) {
    return "ALTER TABLE %s ALTER COLUMN %s %s%s"
        .formatted(quote(table), quote(column), type, key ? " NOT NULL" : "");
  }

  @Override
  String upsert(Layout layout) {
    List<String> columns = layout.columnNames();
    String on =
        layout.keyNames().stream()
            .map(k -> "t.%s = s.%s".formatted(quote(k), quote(k)))
            .collect(Collectors.joining(" AND "));
    String update =
        values(layout).stream()
            .map(v -> "t.%s = s.%s".formatted(quote(v), quote(v)))
            .collect(Collectors.joining(", "));
    return "MERGE INTO %s WITH (HOLDLOCK) AS t USING (VALUES (%s)) AS s (%s) ON %s%s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s);"
        .formatted(
            quote(layout.table().id()),
            parameters(columns.size()),
            quoted(columns),
            on,
            update.isEmpty() ? "" : " WHEN MATCHED THEN UPDATE SET " + update,
            quoted(columns),
            columns.stream().map(c -> "s." + quote(c)).collect(Collectors.joining(", ")));
  }

  @Override
  Fault classify(SQLException e) {
    return switch (e.getErrorCode()) {
      case DEADLOCK, LOCK_TIMEOUT -> Fault.TRANSIENT;
      case INVALID_OBJECT, INVALID_COLUMN -> Fault.SCHEMA;
      case OVERFLOW, TRUNCATED, TRUNCATED_OLD -> Fault.ROW;
      default -> byState(e);
    };
  }
}
