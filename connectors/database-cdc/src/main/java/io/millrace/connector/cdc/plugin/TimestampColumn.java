package io.millrace.connector.cdc.plugin;

import io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.PgConnectionSupplier;
import io.debezium.connector.postgresql.PostgresType;
import io.debezium.connector.postgresql.connection.ReplicationMessage;

/**
 * A column of type TIMESTAMP, with or without time zone, as the server wrote it. Debezium reads
 * such a text by a formatter with optional parts: for one column and its image before, a quarter of
 * the reading thread's time. The text stands at the end of what a column says of itself, behind an
 * equals sign; whatever is not plainly a timestamp, Debezium reads as before.
 */
final class TimestampColumn implements ReplicationMessage.Column {

  /** In PostgreSQL's catalogue of types. */
  private static final int TIMESTAMP = 1114;

  private static final int TIMESTAMP_WITH_TIME_ZONE = 1184;

  private final ReplicationMessage.Column column;
  private final boolean zoned;

  TimestampColumn(ReplicationMessage.Column column) {
    this.column = column;
    this.zoned = column.getType().getOid() == TIMESTAMP_WITH_TIME_ZONE;
  }

  /** Whether a column is one of these, with its value given out. */
  static boolean isTimestamp(ReplicationMessage.Column column) {
    PostgresType type = column.getType();
    int oid = type == null || column.isToastedColumn() ? 0 : type.getOid();
    return oid == TIMESTAMP || oid == TIMESTAMP_WITH_TIME_ZONE;
  }

  @Override
  public Object getValue(PgConnectionSupplier connection, boolean includeUnknownDatatypes) {
    String text = column.toString();
    int from = text.lastIndexOf('=') + 1;
    Object value = zoned ? TimestampText.zoned(text, from) : TimestampText.instant(text, from);
    return value == null ? column.getValue(connection, includeUnknownDatatypes) : value;
  }

  @Override
  public String getName() {
    return column.getName();
  }

  @Override
  public PostgresType getType() {
    return column.getType();
  }

  @Override
  public ReplicationMessage.ColumnTypeMetadata getTypeMetadata() {
    return column.getTypeMetadata();
  }

  @Override
  public boolean isOptional() {
    return column.isOptional();
  }

  @Override
  public String toString() {
    return column.toString();
  }
}
