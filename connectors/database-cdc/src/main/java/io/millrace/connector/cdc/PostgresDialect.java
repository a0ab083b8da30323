package io.millrace.connector.cdc;

import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * PostgreSQL: log sequence numbers. Transactions arrive in the order of their commits, each whole;
 * within one the numbers never fall, and changes of one COPY share a number.
 */
record PostgresDialect() implements Dialect {

  @Override
  public String connectorClass() {
    return "io.debezium.connector.postgresql.PostgresConnector";
  }

  @Override
  public String taskClass() {
    return "io.millrace.connector.cdc.plugin.PostgresTask";
  }

  @Override
  public String table(Struct source) {
    return source.getString("schema") + "." + source.getString("table");
  }

  @Override
  public Position position(Struct source) {
    Long lsn = source.getInt64("lsn");
    return new Position("", lsn == null ? 0 : lsn, 0);
  }

  @Override
  public Position snapshotPosition(Map<String, ?> offset) {
    return new Position("", ((Number) offset.get("lsn")).longValue(), 0);
  }

  /**
   * Replication starts after the last transaction that was processed to its commit. Without the
   * numbers of what was processed, Debezium looks for no place to resume at within a transaction
   * and passes everything on from there.
   */
  @Override
  public Map<String, Object> rewind(Map<String, ?> offset) {
    Map<String, Object> start = Dialect.copy(offset);
    Object commit = start.remove("lsn_commit");
    start.remove("lsn_proc");
    start.remove("lsn_events_processed");
    start.remove("messageType");
    if (commit != null) {
      start.put("lsn", commit);
    }
    return start;
  }

  @Override
  public boolean hasPassed(Map<String, ?> offset, Position copy) {
    return offset.get("lsn_commit") instanceof Number commit && commit.longValue() >= copy.offset();
  }

  @Override
  public String transaction(Struct source) {
    Long id = source.getInt64("txId");
    return id == null ? null : id.toString();
  }

  @Override
  public String transactionId(Struct source, Map<String, ?> offset) {
    return String.valueOf(source.getInt64("txId"));
  }
}
