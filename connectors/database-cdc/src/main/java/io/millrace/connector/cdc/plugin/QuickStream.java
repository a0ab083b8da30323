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
    List<ReplicationMessage.Column> old = quick(message.getOldTupleList());
    List<ReplicationMessage.Column> now = quick(message.getNewTupleList());
    if (old == message.getOldTupleList() && now == message.getNewTupleList()) {
      return message;
    }
    return new PgOutputReplicationMessage(
        message.getOperation(),
        message.getTable(),
        message.getCommitTime(),
        message.getTransactionId().isPresent() ? message.getTransactionId().getAsLong() : null,
        old,
        now);
  }

  /** The list itself if none of its columns can be read quicker. */
  private static List<ReplicationMessage.Column> quick(List<ReplicationMessage.Column> columns) {
    if (columns == null) {
      return null;
    }
    List<ReplicationMessage.Column> changed = null;
    for (int i = 0; i < columns.size(); i++) {
      ReplicationMessage.Column column = columns.get(i);
      ReplicationMessage.Column quick = TimestampColumn.of(column);
      if (quick != column) {
        if (changed == null) {
          changed = new ArrayList<>(columns);
        }
        changed.set(i, quick);
      }
    }
    return changed == null ? columns : changed;
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
