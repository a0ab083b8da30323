package io.millrace.connector.cdc.plugin;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.pgoutput.PgOutputReplicationMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Debezium's stream with quicker columns in the messages of changes. */
final class QuickStream implements ReplicationStream {

  private final ReplicationStream stream;

  QuickStream(ReplicationStream stream) {
    this.stream = stream;
  }

  @Override
  public void read(ReplicationMessageProcessor processor)
      throws SQLException, InterruptedException {
    stream.read(message -> processor.process(quick(message)));
  }

  @Override
  public boolean readPending(ReplicationMessageProcessor processor)
      throws SQLException, InterruptedException {
    return stream.readPending(message -> processor.process(quick(message)));
  }

  private static ReplicationMessage quick(ReplicationMessage message) {
    if (message == null || message.getClass() != PgOutputReplicationMessage.class) {
      return message;
    }
    List<ReplicationMessage.Column> old = message.getOldTupleList();
    List<ReplicationMessage.Column> now = message.getNewTupleList();
    if (!hasTimestamp(old) && !hasTimestamp(now)) {
      return message;
    }
    return new PgOutputReplicationMessage(
        message.getOperation(),
        message.getTable(),
        message.getCommitTime(),
        message.getTransactionId().isPresent() ? message.getTransactionId().getAsLong() : null,
        quick(old),
        quick(now));
  }

  private static boolean hasTimestamp(List<ReplicationMessage.Column> columns) {
    if (columns != null) {
      for (ReplicationMessage.Column column : columns) {
        if (TimestampColumn.isTimestamp(column)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<ReplicationMessage.Column> quick(List<ReplicationMessage.Column> columns) {
    if (columns == null) {
      return null;
    }
    List<ReplicationMessage.Column> quick = new ArrayList<>(columns.size());
    for (ReplicationMessage.Column column : columns) {
      quick.add(TimestampColumn.isTimestamp(column) ? new TimestampColumn(column) : column);
    }
    return quick;
  }

  @Override
  public void flushLsn(Lsn lsn) throws SQLException {
    stream.flushLsn(lsn);
  }

  @Override
  public Lsn lastReceivedLsn() {
    return stream.lastReceivedLsn();
  }

  @Override
  public Lsn startLsn() {
    return stream.startLsn();
  }

  @Override
  public void startKeepAlive(ExecutorService service) {
    stream.startKeepAlive(service);
  }

  @Override
  public void stopKeepAlive() {
    stream.stopKeepAlive();
  }

  @Override
  public void close() throws Exception {
    stream.close();
  }
}
