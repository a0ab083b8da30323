package io.millrace.connector.jdbc;

import io.millrace.connector.sink.DeliveredPositions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The positions of one sink, in a table of the target. */
final class JdbcOffsets {

  private final Dialect dialect;
  private final TableId table;
  private final String sink;

  JdbcOffsets(Dialect dialect, TableId table, String sink) {
    this.dialect = dialect;
    this.table = table;
    this.sink = sink;
  }

  /** Makes sure that the table is there; outside of a transaction. */
  void createTable(Connection connection) throws SQLException {
    if (TargetTable.find(connection, dialect, table).isPresent()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(dialect.createOffsets(table));
    } catch (SQLException e) {
      if (TargetTable.find(connection, dialect, table).isEmpty()) {
        throw e;
      }
    }
  }

  /** The position of a partition, with a row for it made if there is none; auto-commit. */
  long load(Connection connection, String topicId, String topic, int partition)
      throws SQLException {
    Long next = find(connection, topicId, partition);
    if (next == null) {
      try {
        insert(connection, topicId, topic, partition);
        next = DeliveredPositions.UNKNOWN;
      } catch (SQLException e) {
        next = find(connection, topicId, partition);
        if (next == null) {
          throw e;
        }
      }
    }
    return next;
  }

  /**
   * Moves a position inside the transaction that writes the rows, and holds it until that ends.
   *
   * @return false if it is not where it was thought to be: somebody else delivers this partition
   */
  boolean move(Connection connection, JdbcOffset from, long next) throws SQLException {
    String sql =
        "UPDATE %s SET %s = ? WHERE %s = ? AND %s = ? AND %s = ? AND %s = ?"
            .formatted(
                dialect.quote(table),
                dialect.quote("next_offset"),
                dialect.quote("sink"),
                dialect.quote("topic_id"),
                dialect.quote("partition_no"),
                dialect.quote("next_offset"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, next);
      statement.setString(2, sink);
      statement.setString(3, from.topicId());
      statement.setInt(4, from.partition());
      statement.setLong(5, from.next());
      return statement.executeUpdate() == 1;
    }
  }

  private Long find(Connection connection, String topicId, int partition) throws SQLException {
    String sql =
        "SELECT %s FROM %s WHERE %s = ? AND %s = ? AND %s = ?"
            .formatted(
                dialect.quote("next_offset"),
                dialect.quote(table),
                dialect.quote("sink"),
                dialect.quote("topic_id"),
                dialect.quote("partition_no"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, sink);
      statement.setString(2, topicId);
      statement.setInt(3, partition);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : null;
      }
    }
  }

  private void insert(Connection connection, String topicId, String topic, int partition)
      throws SQLException {
    String sql =
        "INSERT INTO %s (%s, %s, %s, %s, %s) VALUES (?, ?, ?, ?, ?)"
            .formatted(
                dialect.quote(table),
                dialect.quote("sink"),
                dialect.quote("topic_id"),
                dialect.quote("partition_no"),
                dialect.quote("topic"),
                dialect.quote("next_offset"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, sink);
      statement.setString(2, topicId);
      statement.setInt(3, partition);
      statement.setString(4, topic);
      statement.setLong(5, DeliveredPositions.UNKNOWN);
      statement.executeUpdate();
    }
  }
}
