package io.millrace.acceptance;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * Changes of all kinds on one table: a row starts with version 0, each update adds one, so that
 * every change of a row can be told from every other. Ids are never used twice.
 */
final class FaultsWorkload {

  private static final int KINDS = 7;

  private final String table;
  private final boolean postgres;
  private final AtomicLong nextId = new AtomicLong(1);

  FaultsWorkload(String table, boolean postgres) {
    this.table = table;
    this.postgres = postgres;
  }

  /** Ids from 1 up to this one, exclusive, have been given to rows. */
  long endOfIds() {
    return nextId.get();
  }

  /** Inserts rows with one statement: a COPY in PostgreSQL. */
  void insertMany(Connection connection, int rows) throws SQLException {
    long first = nextId.getAndAdd(rows);
    untilNoDeadlock(() -> insert(connection, first, rows));
  }

  private void insert(Connection connection, long first, int rows) throws SQLException {
    if (postgres) {
      copy(connection, first, rows);
    } else {
      Tables.execute(
          connection,
          "INSERT INTO %s (id, v, kind, payload) SELECT %d + seq, 0, (%2$d + seq) %% %d, %s"
                  .formatted(table, first, KINDS, "REPEAT('x', 20 + seq % 60)")
              + " FROM seq_0_to_"
              + (rows - 1));
    }
  }

  private void copy(Connection connection, long first, int rows) throws SQLException {
    StringBuilder lines = new StringBuilder(rows * 40);
    for (long id = first; id < first + rows; id++) {
      lines.append(id).append("\t0\t").append(id % KINDS).append("\tsome text of row ").append(id);
      lines.append('\n');
    }
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY " + table + " (id, v, kind, payload) FROM STDIN",
              new StringReader(lines.toString()));
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }

  /** Updates every row whose id is in one of some equal classes, with one statement. */
  void updateMany(Connection connection, int modulus, int rest) throws SQLException {
    untilNoDeadlock(() ->
        Tables.execute(
            connection,
            "UPDATE %s SET v = v + 1 WHERE id %% %d = %d".formatted(table, modulus, rest)));
  }

  /** Changes of a database. */
  @FunctionalInterface
  private interface Changes {
    void make() throws SQLException;
  }

  /** Writers get into each other's way; whoever the database takes back tries again. */
  private static void untilNoDeadlock(Changes changes) throws SQLException {
    while (true) {
      try {
        changes.make();
        return;
      } catch (SQLException e) {
        if (!isDeadlock(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isDeadlock(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("40");
  }

  /** Many short transactions: inserts, updates and deletes of single rows. */
  void shortTransactions(Connection connection, int changes, long seed) throws SQLException {
    Random random = new Random(seed);
    for (int i = 0; i < changes; i++) {
      untilNoDeadlock(() -> one(connection, random));
    }
  }

  /** A transaction that stays open for a while, and one that is taken back. */
  void longTransaction(Connection connection, int changes, long millis, long seed)
      throws SQLException, InterruptedException {
    Random random = new Random(seed);
    connection.setAutoCommit(false);
    try {
      for (int i = 0; i < changes; i++) {
        one(connection, random);
        TimeUnit.MILLISECONDS.sleep(millis / changes);
      }
      connection.commit();
      try (Statement statement = connection.createStatement()) {
        statement.execute("UPDATE " + table + " SET v = v + 1 WHERE id % 97 = 0");
      }
      connection.rollback();
    } catch (SQLException e) {
      if (!isDeadlock(e)) {
        throw e;
      }
      connection.rollback();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void one(Connection connection, Random random) throws SQLException {
    int kind = random.nextInt(10);
    long some = 1 + random.nextLong(Math.max(1, nextId.get() - 1));
    if (kind < 3) {
      long id = nextId.getAndIncrement();
      Tables.execute(
          connection,
          "INSERT INTO %s (id, v, kind, payload) VALUES (%d, 0, %d, 'single')"
              .formatted(table, id, id % KINDS));
    } else if (kind < 9) {
      Tables.execute(connection, "UPDATE %s SET v = v + 1 WHERE id = %d".formatted(table, some));
    } else {
      Tables.execute(connection, "DELETE FROM %s WHERE id = %d".formatted(table, some));
    }
  }

  /** Makes the table with some rows that a snapshot has to read. */
  void create(Connection connection, int rows) throws SQLException {
    Tables.execute(
        connection,
        "CREATE TABLE %s (id BIGINT PRIMARY KEY, v INT NOT NULL, kind INT NOT NULL, payload %s)"
            .formatted(table, postgres ? "TEXT" : "VARCHAR(200)"));
    if (postgres) {
      Tables.execute(connection, "ALTER TABLE " + table + " REPLICA IDENTITY FULL");
    }
    insertMany(connection, rows);
  }
}
