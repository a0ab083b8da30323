package io.millrace.connector.cdc;

import io.millrace.connector.TableDefinition;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The columns of MariaDB's and MySQL's tables, with the types that captured values have. */
final class BinlogColumns {

  private BinlogColumns() {}

  static TableDefinition describe(Connection connection, String table) throws SQLException {
    String database = table.substring(0, table.indexOf('.'));
    String name = table.substring(table.indexOf('.') + 1);
    List<Field> fields = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT column_name, data_type, column_type, numeric_precision, numeric_scale,"
                    + " is_nullable FROM information_schema.columns"
                    + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position");
        ResultSet rows = BinlogDatabase.query(statement, database, name)) {
      while (rows.next()) {
        DataType type =
            type(
                rows.getString(2).toLowerCase(Locale.ROOT),
                rows.getString(3).toLowerCase(Locale.ROOT),
                rows.getInt(4),
                rows.getString(5));
        if (type != null) {
          fields.add(new Field(rows.getString(1), type, "YES".equals(rows.getString(6))));
        }
      }
    }
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT column_name FROM information_schema.statistics WHERE table_schema = ?"
                    + " AND table_name = ? AND index_name = 'PRIMARY' ORDER BY seq_in_index");
        ResultSet rows = BinlogDatabase.query(statement, database, name)) {
      while (rows.next()) {
        key.add(rows.getString(1));
      }
    }
    return new TableDefinition(table, new RowType(fields), key);
  }

  /** The columns, as table.column, whose types Debezium's parser of statements does not know. */
  static List<String> unsupported(Connection connection, List<String> tables) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT concat(table_schema, '.', table_name), column_name, data_type FROM"
                    + " information_schema.columns WHERE data_type IN ('inet4', 'inet6')"
                    + " ORDER BY 1, ordinal_position");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (tables.contains(rows.getString(1))) {
          columns.add(
              "%s.%s (%s)".formatted(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return columns;
  }

  /** Null for types that are not captured. */
  private static DataType type(String type, String whole, int precision, String scale) {
    boolean unsigned = whole.contains("unsigned") || whole.contains("zerofill");
    return switch (type) {
      case "tinyint", "smallint", "mediumint", "year" -> DataType.INT;
      case "int", "integer" -> unsigned ? DataType.BIGINT : DataType.INT;
      case "bigint" -> unsigned ? DataType.decimal(20, 0) : DataType.BIGINT;
      case "decimal", "numeric" ->
          DataType.decimal(precision, scale == null ? 0 : Integer.parseInt(scale));
      case "float" -> scale == null ? DataType.FLOAT : DataType.DOUBLE;
      case "double", "real" -> DataType.DOUBLE;
      case "bit" -> whole.equals("bit(1)") ? DataType.BOOLEAN : DataType.BYTES;
      case "date" -> DataType.DATE;
      case "time" -> DataType.TIME;
      case "datetime", "timestamp" -> DataType.TIMESTAMP;
      case "json" -> DataType.JSON;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> DataType.BYTES;
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          DataType.BYTES;
      case "vector" -> DataType.array(DataType.FLOAT);
      default -> DataType.STRING;
    };
  }
}
