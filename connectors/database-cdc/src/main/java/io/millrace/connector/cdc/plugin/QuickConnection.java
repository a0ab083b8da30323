package io.millrace.connector.cdc.plugin;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import java.sql.SQLException;
import java.util.Optional;

/** Debezium's connection, whose streams read timestamps in less time. */
final class QuickConnection implements ReplicationConnection {

  private final ReplicationConnection connection;

  QuickConnection(ReplicationConnection connection) {
    this.connection = connection;
  }

  @Override
  public ReplicationStream startStreaming(WalPositionLocator locator)
      throws SQLException, InterruptedException {
    return new QuickStream(connection.startStreaming(locator));
  }

  @Override
  public ReplicationStream startStreaming(Lsn offset, WalPositionLocator locator)
      throws SQLException, InterruptedException {
    return new QuickStream(connection.startStreaming(offset, locator));
  }

  @Override
  public Optional<SlotCreationResult> createReplicationSlot() throws SQLException {
    return connection.createReplicationSlot();
  }

  @Override
  public void initConnection() throws SQLException, InterruptedException {
    connection.initConnection();
  }

  @Override
  public boolean isConnected() throws SQLException {
    return connection.isConnected();
  }

  @Override
  public void reconnect() throws SQLException {
    connection.reconnect();
  }

  @Override
  public void close() throws Exception {
    connection.close();
  }
}
