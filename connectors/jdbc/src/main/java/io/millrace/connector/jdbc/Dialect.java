package io.millrace.connector.jdbc;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.Problem;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What differs from database to database: names of types, statements, and what their errors mean.
 * What is here is ANSI SQL; the databases override it. Thread-safe.
 */
abstract class Dialect {

  private static final long MICROS_PER_SECOND = 1_000_000L;

  /** The dialect of a JDBC URL. */
  static Dialect of(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect();
    }
    if (lower.startsWith("jdbc:mariadb:")) {
      return new MariaDbDialect();
    }
    if (lower.startsWith("jdbc:sqlserver:")) {
      return new SqlServerDialect();
    }
    if (lower.startsWith("jdbc:oracle:")) {
      return new OracleDialect();
    }
    throw new ConnectorException(
        "UNKNOWN_DATABASE",
        "url '%s' is none of jdbc:postgresql:, jdbc:mariadb:, jdbc:sqlserver:, jdbc:oracle:"
            .formatted(url));
  }

  /** The database's name for messages. */
  abstract String title();

  /** The type of a column that is created; {@code key}: it is part of the primary key. */
  abstract String type(DataType type, boolean key);

  /** INSERT that updates the row when the key is there already; one parameter a column. */
  abstract String upsert(Layout layout);

  /** What a failure means. */
  abstract Fault classify(SQLException e);

  /** Whether the user lacks a right. */
  boolean isForbidden(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("42");
  }

  /** Whether metadata name schemas as catalogs. */
  boolean schemasAreCatalogs() {
    return false;
  }

  /** Driver settings that make it fast and exact; what the URL says goes before them. */
  void connectionProperties(Properties properties) {}

  /** Run on every new connection. */
  List<String> sessionSetup() {
    return List.of();
  }

  String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  String quote(TableId table) {
    return table.schema() == null
        ? quote(table.name())
        : quote(table.schema()) + "." + quote(table.name());
  }

  String quoted(List<String> identifiers) {
    return identifiers.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  String createTable(TableId table, RowType columns, List<String> key) {
    List<String> lines = new ArrayList<>();
    for (Field field : columns.fields()) {
      boolean inKey = key.contains(field.name());
      lines.add(quote(field.name()) + " " + type(field.type(), inKey) + (inKey ? " NOT NULL" : ""));
    }
    if (!key.isEmpty()) {
      lines.add("PRIMARY KEY (" + quoted(key) + ")");
    }
    return "CREATE TABLE %s (%s)%s"
        .formatted(quote(table), String.join(", ", lines), tableSuffix());
  }

  String tableSuffix() {
    return "";
  }

  String addColumn(TableId table, String column, DataType type) {
    return "ALTER TABLE %s ADD COLUMN %s %s"
        .formatted(quote(table), quote(column), type(type, false));
  }

  String changeType(TableId table, String column, String type, boolean key) {
    return "ALTER TABLE %s ALTER COLUMN %s TYPE %s".formatted(quote(table), quote(column), type);
  }

  String uniqueIndex(TableId table, List<String> columns) {
    return "CREATE UNIQUE INDEX %s ON %s (%s)"
        .formatted(quote(table.name() + "_key"), quote(table), quoted(columns));
  }

  String createOffsets(TableId table) {
    RowType columns =
        RowType.of(
            Field.required("sink", DataType.STRING),
            Field.required("topic_id", DataType.STRING),
            Field.required("partition_no", DataType.INT),
            Field.required("topic", DataType.STRING),
            Field.required("next_offset", DataType.BIGINT));
    return createTable(table, columns, List.of("sink", "topic_id", "partition_no"));
  }

  String insert(Layout layout) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            quote(layout.table().id()),
            quoted(layout.columnNames()),
            parameters(layout.columns().size()));
  }

  String delete(Layout layout) {
    return "DELETE FROM %s WHERE %s"
        .formatted(
            quote(layout.table().id()),
            layout.keyNames().stream()
                .map(k -> quote(k) + " = ?")
                .collect(Collectors.joining(" AND ")));
  }

  /**
   * Deletes one row that has these values in all columns, NULL being equal to NULL; one parameter a
   * column. Null when the database is not known to do that.
   */
  String deleteOne(Layout layout) {
    return null;
  }

  /** Empties a table without ending the transaction. */
  String truncate(TableId table) {
    return "DELETE FROM " + quote(table);
  }

  BatchWriter insertWriter(Layout layout) {
    return new RowBatchWriter(this, insert(layout), layout.columns());
  }

  BatchWriter upsertWriter(Layout layout) {
    return new RowBatchWriter(this, upsert(layout), layout.columns());
  }

  BatchWriter deleteWriter(Layout layout) {
    return new RowBatchWriter(this, delete(layout), layout.key());
  }

  BatchWriter deleteOneWriter(Layout layout) {
    return new RowBatchWriter(this, deleteOne(layout), layout.columns());
  }

  /** Sets one parameter to a value of an event. */
  void bind(PreparedStatement statement, int index, DataType type, Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, nullType(type));
      return;
    }
    switch (type) {
      case DataType.Primitive primitive -> {
        switch (primitive.kind()) {
          case BOOLEAN -> statement.setBoolean(index, (Boolean) value);
          case INT -> statement.setInt(index, (Integer) value);
          case BIGINT -> statement.setLong(index, (Long) value);
          case FLOAT -> statement.setFloat(index, (Float) value);
          case DOUBLE -> statement.setDouble(index, (Double) value);
          case STRING, JSON -> statement.setString(index, (String) value);
          case BYTES -> statement.setBytes(index, (byte[]) value);
          case DATE -> statement.setObject(index, LocalDate.ofEpochDay((Integer) value));
          case TIME -> statement.setObject(index, LocalTime.ofNanoOfDay((Long) value * 1000));
          case TIMESTAMP -> statement.setObject(index, dateTime((Long) value));
        }
      }
      case DataType.Decimal _ -> statement.setBigDecimal(index, (BigDecimal) value);
      default -> statement.setString(index, json(type, value));
    }
  }

  /** What {@code setNull} is told. */
  int nullType(DataType type) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> Types.BOOLEAN;
            case INT -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case FLOAT -> Types.REAL;
            case DOUBLE -> Types.DOUBLE;
            case STRING, JSON -> Types.VARCHAR;
            case BYTES -> Types.VARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
          };
      case DataType.Decimal _ -> Types.DECIMAL;
      default -> Types.VARCHAR;
    };
  }

  /** The statement that lets a user write a table. */
  String grantTable(String user, TableId table) {
    return "GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s".formatted(quote(table), quote(user));
  }

  /** The statement that lets a user make tables in a schema. */
  String grantCreate(String user, String schema) {
    return "GRANT CREATE ON SCHEMA %s TO %s".formatted(quote(schema), quote(user));
  }

  /** What a failed log-in means, and what to do. */
  Problem connectionProblem(SQLException e, JdbcSinkConfig config) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("28")) {
      return Problem.error(
          "LOGIN_REFUSED",
          "username",
          "%s refuses the user %s: %s".formatted(title(), config.username(), e.getMessage()),
          "correct username and password");
    }
    return Problem.error(
        "NOT_REACHABLE",
        "url",
        "%s cannot be reached: %s".formatted(title(), e.getMessage()),
        "correct host and port in the url, and see that the server runs and lets this host in");
  }

  static LocalDateTime dateTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000,
        ZoneOffset.UTC);
  }

  /** A list, map or row as JSON. */
  static String json(DataType type, Object value) {
    String object =
        new EventJson(RowType.of(Field.nullable("v", type))).write(new Object[] {value});
    return object.substring("{\"v\":".length(), object.length() - 1);
  }

  static String parameters(int count) {
    return String.join(", ", java.util.Collections.nCopies(count, "?"));
  }

  /** The columns of an upsert that are not its key. */
  static List<String> values(Layout layout) {
    List<String> key = layout.keyNames();
    return layout.columnNames().stream().filter(c -> !key.contains(c)).toList();
  }

  /** What SQLSTATE says where the database has nothing finer. */
  static Fault byState(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("08")) {
      return Fault.CONNECTION;
    }
    if (state.startsWith("40")) {
      return Fault.TRANSIENT;
    }
    if (state.startsWith("22") || state.startsWith("23") || state.startsWith("21")) {
      return Fault.ROW;
    }
    if (e instanceof java.sql.SQLTransientConnectionException
        || e instanceof java.sql.SQLNonTransientConnectionException
        || e instanceof java.sql.SQLRecoverableException) {
      return Fault.CONNECTION;
    }
    return Fault.FATAL;
  }
}
