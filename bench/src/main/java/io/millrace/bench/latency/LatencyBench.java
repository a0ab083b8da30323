package io.millrace.bench.latency;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
 * Commits rows in MariaDB at a steady rate and takes the time until each can be read in PostgreSQL,
 * through a captured table, a query and a sink, exactly once. Starts a local stack of its own in
 * {@code bench/target} and runs {@code bench/latency.sql} on it.
 */
public final class LatencyBench {

  private static final int ROWS_A_COMMIT = 10;
  private static final int WARM_UP_SECONDS = 15;

  private LatencyBench() {}

  public static void main(String[] args) throws Exception {
    int rate = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    int warmUp = rate * WARM_UP_SECONDS;
    int rows = warmUp + rate * seconds;
    AtomicLongArray committed = new AtomicLongArray(rows + 1);
    long[] latencies = new long[rows + 1];
    try (BenchStack stack = BenchStack.up();
        Connection source = stack.shop();
        Connection target = stack.replica();
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor()) {
      try (Statement table = source.createStatement()) {
        table.execute("CREATE TABLE tick (id INT PRIMARY KEY, note VARCHAR(100))");
      }
      stack.start(Path.of("bench/latency.sql"), "latency");
      awaitTarget(source, target, committed);
      write(writer, source, committed, rate, rows);
      read(target, committed, latencies, rows);
    }
    long[] measured = Arrays.copyOfRange(latencies, warmUp + 1, rows + 1);
    Arrays.sort(measured);
    System.out.println("| path | p50 ms | p95 ms | p99 ms | max ms |");
    System.out.println("|---|---|---|---|---|");
    System.out.printf(
        Locale.ROOT,
        "| MariaDB commit → query → row in PostgreSQL, %,d rows/s, exactly-once | %.0f | %.0f | %.0f | %.0f |%n",
        rate,
        millis(measured, 0.5),
        millis(measured, 0.95),
        millis(measured, 0.99),
        millis(measured, 1));
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * share))] / 1e6;
  }

  /** The target table is made with the first row; waits for it, with row 0. */
  private static void awaitTarget(Connection source, Connection target, AtomicLongArray committed)
      throws Exception {
    try (Statement insert = source.createStatement()) {
      insert.execute("REPLACE INTO tick (id, note) VALUES (0, 'first')");
    }
    committed.set(0, System.nanoTime());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      try (Statement query = target.createStatement();
          ResultSet found = query.executeQuery("SELECT to_regclass('tick') IS NOT NULL")) {
        found.next();
        if (found.getBoolean(1)) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException(
        "no row reached the target within 60 s: see ./millrace describe latency");
  }

  private static void write(
      ScheduledExecutorService writer,
      Connection source,
      AtomicLongArray committed,
      int rate,
      int rows)
      throws Exception {
    PreparedStatement insert =
        source.prepareStatement(
            "INSERT INTO tick (id, note) VALUES "
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

  private static void read(Connection target, AtomicLongArray committed, long[] latencies, int rows)
      throws Exception {
    BitSet seen = new BitSet(rows + 1);
    seen.set(0);
    try (PreparedStatement query = target.prepareStatement("SELECT id FROM tick WHERE id >= ?")) {
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
