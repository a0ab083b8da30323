package io.millrace.connector.cdc;

import io.millrace.connector.TableDefinition;
import io.millrace.connector.struct.StructTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The columns of PostgreSQL's tables, with the types that captured values have. */
final class PostgresColumns {

  private static final int HEADER = 4;

  private PostgresColumns() {}

  static TableDefinition describe(Connection connection, String table) throws SQLException {
    String regclass = PostgresDatabase.quoted(table);
    List<Field> fields = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT a.attname, coalesce(b.typname, t.typname),
                       CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END,
                       a.attnotnull, coalesce(b.typtype, t.typtype), coalesce(eb.typname, e.typname),
                       coalesce(eb.typtype, e.typtype)
                FROM pg_attribute a
                JOIN pg_type t ON t.oid = a.atttypid
                LEFT JOIN pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
                LEFT JOIN pg_type e ON e.oid = coalesce(b.typelem, t.typelem)
                     AND coalesce(b.typcategory, t.typcategory) = 'A'
                LEFT JOIN pg_type eb ON e.typtype = 'd' AND eb.oid = e.typbasetype
                WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum
                """);
        ResultSet rows = BinlogDatabase.query(statement, regclass)) {
      while (rows.next()) {
        String element = rows.getString(6);
        int modifier = rows.getInt(3);
        DataType type =
            element == null
                ? type(rows.getString(2), rows.getString(5), modifier)
                : DataType.array(type(element, rows.getString(7), modifier));
        fields.add(new Field(rows.getString(1), type, !rows.getBoolean(4)));
      }
    }
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT a.attname FROM pg_index i
                JOIN LATERAL unnest(i.indkey) WITH ORDINALITY k(attnum, place) ON true
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE i.indrelid = ?::regclass AND i.indisprimary ORDER BY k.place
                """);
        ResultSet rows = BinlogDatabase.query(statement, regclass)) {
      while (rows.next()) {
        key.add(rows.getString(1));
      }
    }
    return new TableDefinition(table, new RowType(fields), key);
  }

  private static DataType type(String name, String kind, int modifier) {
    if (kind.equals("e")) {
      return DataType.STRING;
    }
    return switch (name) {
      case "bool" -> DataType.BOOLEAN;
      case "int2", "int4" -> DataType.INT;
      case "int8", "oid" -> DataType.BIGINT;
      case "float4" -> DataType.FLOAT;
      case "float8" -> DataType.DOUBLE;
      case "numeric" -> numeric(modifier);
      case "money" -> DataType.decimal(38, 2);
      case "bit" -> modifier <= 1 ? DataType.BOOLEAN : DataType.BYTES;
      case "varbit" -> modifier == 1 ? DataType.BOOLEAN : DataType.BYTES;
      case "date" -> DataType.DATE;
      case "time" -> DataType.TIME;
      case "timestamp", "timestamptz" -> DataType.TIMESTAMP;
      case "json", "jsonb", "hstore" -> DataType.JSON;
      case "bytea", "point", "box", "lseg", "path", "polygon", "geometry", "geography" ->
          DataType.BYTES;
      default -> DataType.STRING;
    };
  }

  /** Without a precision every value has a scale of its own, which only text holds exactly. */
  private static DataType numeric(int modifier) {
    if (modifier < HEADER) {
      return DataType.STRING;
    }
    int precision = ((modifier - HEADER) >> 16) & 0xFFFF;
    int scale = (((modifier - HEADER) & 0x7FF) ^ 1024) - 1024;
    return StructTypes.decimal(precision, scale);
  }
}
