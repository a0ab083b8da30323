package io.millrace.bench.latency;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Commits rows in MariaDB at a steady rate and takes the time until each can be read in PostgreSQL:
 * through a captured table, a query and a sink of ours, exactly once, and through Kafka Connect
 * alone. Starts a local stack of its own in {@code bench/target} and runs {@code bench/latency.sql}
 * on it; then stops that and runs the peer on the same servers.
 *
 * <p>Arguments: the directories of Connect plug-ins, separated by commas, rows a second (1000), and
 * seconds (60).
 */
public final class LatencyBench {

  private static final int ROWS_A_COMMIT = 10;
  private static final int WARM_UP_SECONDS = 15;

  private final Connection source;
  private final Connection target;
  private final String table;
  private final int rate;
  private final int warmUp;
  private final int rows;
  private final AtomicLongArray committed;

  private LatencyBench(Connection source, Connection target, String table, int rate, int seconds) {
    this.source = source;
    this.target = target;
    this.table = table;
    this.rate = rate;
    this.warmUp = rate * WARM_UP_SECONDS;
    this.rows = warmUp + rate * seconds;
    this.committed = new AtomicLongArray(rows + 1);
  }

  public static void main(String[] args) throws Exception {
    String plugins = args[0];
    int rate = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 60;
    try (BenchStack stack = BenchStack.up();
        Connection source = stack.shop();
        Connection target = stack.replica()) {
      System.out.printf(
          Locale.ROOT,
          "| MariaDB commit → row in PostgreSQL, %,d rows/s | p50 ms | p95 ms | p99 ms"
              + " | max ms |%n",
          rate);
      System.out.println("|---|---|---|---|---|");
      LatencyBench ours = new LatencyBench(source, target, "tick", rate, seconds);
      ours.makeTable();
      stack.start(Path.of("bench/latency.sql"), "latency");
      ours.print("Millrace: capture, query, sink; exactly-once");
      stack.stop("latency");
      LatencyBench theirs = new LatencyBench(source, target, "tick_stock", rate, seconds);
      theirs.makeTable();
      try (ConnectPeer peer = ConnectPeer.start(stack, plugins, theirs.table)) {
        theirs.print(
            "Kafka Connect: Debezium, JSON, Debezium's JDBC sink; no query, at-least-once");
      }
    }
  }

  private void makeTable() throws SQLException {
    try (Statement statement = source.createStatement()) {
      statement.execute("CREATE TABLE %s (id INT PRIMARY KEY, note VARCHAR(100))".formatted(table));
    }
  }

  private void print(String path) throws Exception {
    awaitTarget();
    long[] latencies = new long[rows + 1];
    try (ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor()) {
      write(writer);
      read(latencies);
      writer.shutdownNow();
    }
    long[] measured = Arrays.copyOfRange(latencies, warmUp + 1, rows + 1);
    Arrays.sort(measured);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f | %.0f |%n",
        path,
        millis(measured, 0.5),
        millis(measured, 0.95),
        millis(measured, 0.99),
        millis(measured, 1));
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * share))] / 1e6;
  }

  /** The target table is made with the first row; waits for it, with row 0. */
  private void awaitTarget() throws Exception {
    try (Statement insert = source.createStatement()) {
      insert.execute("REPLACE INTO %s (id, note) VALUES (0, 'first')".formatted(table));
    }
    committed.set(0, System.nanoTime());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      try (Statement query = target.createStatement();
          ResultSet found =
              query.executeQuery("SELECT to_regclass('%s') IS NOT NULL".formatted(table))) {
        found.next();
        if (found.getBoolean(1)) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException(
        "no row reached the target within 60 s: see ./millrace describe latency, and bench/target");
  }

  private void write(ScheduledExecutorService writer) throws Exception {
    PreparedStatement insert =
        source.prepareStatement(
            "INSERT INTO %s (id, note) VALUES ".formatted(table)
                + String.join(
                    ", ", Collections.nCopies(ROWS_A_COMMIT, "(?, 'a note of some length')")));
    int[] next = {1};
    long period = TimeUnit.SECONDS.toNanos(1) * ROWS_A_COMMIT / rate;
    writer.scheduleAtFixedRate(
        () -> {
          if (next[0] > rows) {
            return;
          }
          try {
            for (int i = 0; i < ROWS_A_COMMIT; i++) {
              insert.setInt(i + 1, next[0] + i);
            }
            insert.executeUpdate();
            long now = System.nanoTime();
            for (int i = 0; i < ROWS_A_COMMIT && next[0] + i <= rows; i++) {
              committed.set(next[0] + i, now);
            }
            next[0] += ROWS_A_COMMIT;
          } catch (Exception e) {
            System.err.println("cannot write: " + e.getMessage());
            System.exit(1);
          }
        },
        0,
        period,
        TimeUnit.NANOSECONDS);
  }

  private void read(long[] latencies) throws Exception {
    BitSet seen = new BitSet(rows + 1);
    seen.set(0);
    try (PreparedStatement query =
        target.prepareStatement("SELECT id FROM %s WHERE id >= ?".formatted(table))) {
      while (seen.cardinality() <= rows) {
        query.setInt(1, seen.nextClearBit(0));
        try (ResultSet found = query.executeQuery()) {
          long now = System.nanoTime();
          while (found.next()) {
            int id = found.getInt(1);
            if (id <= rows && !seen.get(id)) {
              seen.set(id);
              latencies[id] = Math.max(0, now - committed.get(id));
            }
          }
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
  }
}
