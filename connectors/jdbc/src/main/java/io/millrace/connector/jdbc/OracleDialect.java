package io.millrace.connector.jdbc;

import io.millrace.schemas.type.DataType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;

/** Oracle Database, with the driver that its user puts beside the connector. */
final class OracleDialect extends Dialect {

  private static final int MAX_PRECISION = 38;
  private static final int DEADLOCK = 60;
  private static final int RESOURCE_BUSY = 54;
  private static final int CANNOT_SERIALIZE = 8177;
  private static final int NO_SUCH_TABLE = 942;
  private static final int INVALID_IDENTIFIER = 904;
  private static final int VALUE_TOO_LARGE = 12899;
  private static final int NUMBER_TOO_LARGE = 1438;
  private static final int NULL_REFUSED = 1400;

  @Override
  String title() {
    return "Oracle";
  }

  @Override
  String type(DataType type, boolean key) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> "NUMBER(1)";
            case INT -> "NUMBER(10)";
            case BIGINT -> "NUMBER(19)";
            case FLOAT -> "BINARY_FLOAT";
            case DOUBLE -> "BINARY_DOUBLE";
            case STRING -> key ? "VARCHAR2(1000 CHAR)" : "CLOB";
            case BYTES -> key ? "RAW(1000)" : "BLOB";
            case DATE -> "DATE";
            case TIME -> "VARCHAR2(15)";
            case TIMESTAMP -> "TIMESTAMP(6)";
            case JSON -> "CLOB";
          };
      case DataType.Decimal d ->
          d.precision() > MAX_PRECISION
              ? "VARCHAR2(80)"
              : "NUMBER(%d, %d)".formatted(d.precision(), d.scale());
      default -> "CLOB";
    };
  }

  @Override
  String addColumn(TableId table, String column, DataType type) {
    return "ALTER TABLE %s ADD (%s %s)".formatted(quote(table), quote(column), type(type, false));
  }

  @Override
  String changeType(TableId table, String column, String type, boolean key) {
    return "ALTER TABLE %s MODIFY (%s %s)".formatted(quote(table), quote(column), type);
  }

  @Override
  String upsert(Layout layout) {
    List<String> columns = layout.columnNames();
    String source = columns.stream().map(c -> "? " + quote(c)).collect(Collectors.joining(", "));
    String on =
        layout.keyNames().stream()
            .map(k -> "t.%s = s.%s".formatted(quote(k), quote(k)))
            .collect(Collectors.joining(" AND "));
    String update =
        values(layout).stream()
            .map(v -> "t.%s = s.%s".formatted(quote(v), quote(v)))
            .collect(Collectors.joining(", "));
    return "MERGE INTO %s t USING (SELECT %s FROM DUAL) s ON (%s)%s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
        .formatted(
            quote(layout.table().id()),
            source,
            on,
            update.isEmpty() ? "" : " WHEN MATCHED THEN UPDATE SET " + update,
            quoted(columns),
            columns.stream().map(c -> "s." + quote(c)).collect(Collectors.joining(", ")));
  }

  @Override
  void bind(PreparedStatement statement, int index, DataType type, Object value)
      throws SQLException {
    if (type.equals(DataType.TIME) && value != null) {
      statement.setString(index, LocalTime.ofNanoOfDay((Long) value * 1000).toString());
    } else {
      super.bind(statement, index, type, value);
    }
  }

  @Override
  int nullType(DataType type) {
    return type.equals(DataType.TIME)
        ? Types.VARCHAR
        : type.equals(DataType.BOOLEAN) ? Types.NUMERIC : super.nullType(type);
  }

  @Override
  Fault classify(SQLException e) {
    return switch (e.getErrorCode()) {
      case DEADLOCK, RESOURCE_BUSY, CANNOT_SERIALIZE -> Fault.TRANSIENT;
      case NO_SUCH_TABLE, INVALID_IDENTIFIER -> Fault.SCHEMA;
      case VALUE_TOO_LARGE, NUMBER_TOO_LARGE, NULL_REFUSED -> Fault.ROW;
      default -> byState(e);
    };
  }
}
