package io.millrace.connector.jdbc;

import io.millrace.connector.Problem;
import io.millrace.schemas.type.DataType;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** PostgreSQL: a column of a batch travels as one array. */
final class PostgresDialect extends Dialect {

  private static final Set<String> NOT_READY = Set.of("57P01", "57P02", "57P03", "53300", "25006");
  private static final Set<String> SCHEMA_CHANGED = Set.of("42P01", "42703");

  @Override
  String title() {
    return "PostgreSQL";
  }

  @Override
  void connectionProperties(Properties properties) {
    properties.putIfAbsent("ApplicationName", "millrace");
    properties.putIfAbsent("tcpKeepAlive", "true");
    properties.putIfAbsent("connectTimeout", "10");
    properties.putIfAbsent("prepareThreshold", "2");
  }

  @Override
  List<String> sessionSetup() {
    return List.of("SET TIME ZONE 'UTC'");
  }

  @Override
  String type(DataType type, boolean key) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> "boolean";
            case INT -> "integer";
            case BIGINT -> "bigint";
            case FLOAT -> "real";
            case DOUBLE -> "double precision";
            case STRING -> "text";
            case BYTES -> "bytea";
            case DATE -> "date";
            case TIME -> "time(6)";
            case TIMESTAMP -> "timestamp(6)";
            case JSON -> "jsonb";
          };
      case DataType.Decimal d -> "numeric(%d, %d)".formatted(d.precision(), d.scale());
      default -> "jsonb";
    };
  }

  @Override
  String addColumn(TableId table, String column, DataType type) {
    return "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
        .formatted(quote(table), quote(column), type(type, false));
  }

  @Override
  String upsert(Layout layout) {
    return insert(layout) + onConflict(layout);
  }

  String onConflict(Layout layout) {
    List<String> values = values(layout);
    String action =
        values.isEmpty()
            ? "NOTHING"
            : "UPDATE SET "
                + String.join(
                    ", ", values.stream().map(v -> quote(v) + " = EXCLUDED." + quote(v)).toList());
    return " ON CONFLICT (%s) DO %s".formatted(quoted(layout.keyNames()), action);
  }

  @Override
  String deleteOne(Layout layout) {
    String table = quote(layout.table().id());
    return "DELETE FROM %s WHERE ctid = (SELECT ctid FROM %s WHERE %s LIMIT 1)"
        .formatted(
            table,
            table,
            layout.columns().stream()
                .map(b ->
                    "%s IS NOT DISTINCT FROM ?%s"
                        .formatted(quote(b.target().name()), ArrayLiteral.comparisonCast(b)))
                .collect(Collectors.joining(" AND ")));
  }

  @Override
  String truncate(TableId table) {
    return "TRUNCATE TABLE " + quote(table);
  }

  @Override
  BatchWriter insertWriter(Layout layout) {
    return ArrayBatchWriter.insert(this, layout, "");
  }

  @Override
  BatchWriter upsertWriter(Layout layout) {
    return ArrayBatchWriter.insert(this, layout, onConflict(layout));
  }

  @Override
  BatchWriter deleteWriter(Layout layout) {
    return ArrayBatchWriter.delete(this, layout);
  }

  @Override
  Fault classify(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (NOT_READY.contains(state) || state.startsWith("58")) {
      return Fault.CONNECTION;
    }
    if (state.equals("55P03") || (state.equals("0A000") && stalePlan(e))) {
      return Fault.TRANSIENT;
    }
    return SCHEMA_CHANGED.contains(state) ? Fault.SCHEMA : byState(e);
  }

  @Override
  boolean isForbidden(SQLException e) {
    return "42501".equals(e.getSQLState());
  }

  /** A prepared statement outlived a change of its table; preparing it again helps. */
  private static boolean stalePlan(SQLException e) {
    return e.getMessage() != null && e.getMessage().contains("cached plan");
  }

  @Override
  Problem connectionProblem(SQLException e, JdbcSinkConfig config) {
    if (!"3D000".equals(e.getSQLState())) {
      return super.connectionProblem(e, config);
    }
    String database = config.url().replaceFirst(".*/", "").replaceFirst("[?].*", "");
    return Problem.error(
            "UNKNOWN_DATABASE",
            "url",
            "there is no database " + database,
            "correct the url, or create the database")
        .withStatement("CREATE DATABASE " + quote(database));
  }
}
