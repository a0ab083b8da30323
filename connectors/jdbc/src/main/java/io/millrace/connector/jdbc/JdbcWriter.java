package io.millrace.connector.jdbc;

import io.millrace.connector.StoppedOnErrorException;
import io.millrace.connector.sink.DeadLetterWriter;
import io.millrace.schemas.json.EventJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes batches, each in one transaction with the positions it moves. Rows that the target refuses
 * are found by halving the statement's rows between savepoints.
 */
final class JdbcWriter {

  private final Dialect dialect;
  private final JdbcOffsets offsets;
  private final DeadLetterWriter deadLetters;
  private final boolean stopOnError;

  /** A position is not where this task left it: somebody else delivers the partition. */
  static final class PositionLostException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  JdbcWriter(
      Dialect dialect, JdbcOffsets offsets, DeadLetterWriter deadLetters, boolean stopOnError) {
    this.dialect = dialect;
    this.offsets = offsets;
    this.deadLetters = deadLetters;
    this.stopOnError = stopOnError;
  }

  /**
   * Writes the batch and moves the positions, or does nothing at all.
   *
   * @param moves for each partition where it stands and the offset it moves to
   * @throws PositionLostException if one of them does not stand there
   * @throws SQLException if the batch as a whole could not be written
   */
  void write(Connection connection, Batch batch, Map<JdbcOffset, Long> moves)
      throws SQLException, PositionLostException {
    try {
      attempt(connection, batch, moves, false);
    } catch (SQLException e) {
      if (dialect.classify(e) != Fault.ROW) {
        throw e;
      }
      attempt(connection, batch, moves, true);
    }
  }

  private void attempt(
      Connection connection, Batch batch, Map<JdbcOffset, Long> moves, boolean isolating)
      throws SQLException, PositionLostException {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      for (Map.Entry<JdbcOffset, Long> move : moves.entrySet()) {
        if (!offsets.move(connection, move.getKey(), move.getValue())) {
          throw new PositionLostException();
        }
      }
      List<Batch.Refusal> refusals = new ArrayList<>(batch.refusals());
      for (TableBatch table : batch.tables()) {
        if (table.truncated()) {
          try (Statement statement = connection.createStatement()) {
            statement.execute(dialect.truncate(table.table()));
          }
        }
        for (List<Change> group : table.groups()) {
          if (isolating) {
            isolate(connection, group, refusals);
          } else {
            execute(connection, group);
          }
        }
      }
      refuse(refusals);
      connection.commit();
      committed = true;
      connection.setAutoCommit(true);
    } finally {
      if (!committed) {
        rollback(connection);
      }
    }
  }

  private static void execute(Connection connection, List<Change> group) throws SQLException {
    Change first = group.getFirst();
    List<Object[]> rows = new ArrayList<>(group.size());
    for (Change change : group) {
      rows.add(change.row());
    }
    first.writer().statement(first.kind()).write(connection, rows);
  }

  private void isolate(Connection connection, List<Change> group, List<Batch.Refusal> refusals)
      throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      execute(connection, group);
      release(connection, savepoint);
    } catch (SQLException e) {
      if (dialect.classify(e) != Fault.ROW) {
        throw e;
      }
      connection.rollback(savepoint);
      if (group.size() > 1) {
        int half = group.size() / 2;
        isolate(connection, group.subList(0, half), refusals);
        isolate(connection, group.subList(half, group.size()), refusals);
        return;
      }
      Change refused = group.getFirst();
      refusals.add(refusal(refused, e));
      if (refused.previous() != null) {
        isolate(connection, List.of(refused.previous()), refusals);
      }
    }
  }

  /** Not every driver knows how to release one; it ends with the transaction anyway. */
  private static void release(Connection connection, Savepoint savepoint) throws SQLException {
    try {
      connection.releaseSavepoint(savepoint);
    } catch (java.sql.SQLFeatureNotSupportedException e) {
      // Oracle's has no such statement.
    }
  }

  private static Batch.Refusal refusal(Change change, SQLException e) {
    SQLException cause = root(e);
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    Layout layout = change.writer().layout();
    io.millrace.schemas.type.RowType row =
        new io.millrace.schemas.type.RowType(
            layout.columns().stream()
                .map(b -> io.millrace.schemas.type.Field.nullable(b.target().name(), b.type()))
                .toList());
    return new Batch.Refusal(
        change.input(),
        "REJECTED_BY_TARGET",
        "table %s refuses the row: %s; correct the event or the table, then replay it"
            .formatted(layout.table().id(), message.strip()),
        new EventJson(row).write(change.row()));
  }

  /** A batch's exception carries what is behind it as the next exception or as its cause. */
  private static SQLException root(SQLException e) {
    SQLException current = e;
    while (true) {
      if (current.getNextException() != null) {
        current = current.getNextException();
      } else if (current instanceof java.sql.BatchUpdateException
          && current.getCause() instanceof SQLException cause) {
        current = cause;
      } else {
        return current;
      }
    }
  }

  private void refuse(List<Batch.Refusal> refusals) {
    if (refusals.isEmpty()) {
      return;
    }
    if (stopOnError) {
      Batch.Refusal first = refusals.getFirst();
      throw new StoppedOnErrorException(first.input().location(), first.reason());
    }
    for (Batch.Refusal refusal : refusals) {
      deadLetters.write(refusal.input(), refusal.code(), refusal.reason(), refusal.text());
    }
    deadLetters.flush();
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The connection is gone, and its transaction with it; what failed first is what is reported.
    }
  }
}
