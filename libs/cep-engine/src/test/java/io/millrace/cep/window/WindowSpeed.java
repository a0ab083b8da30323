package io.millrace.cep.window;

import io.millrace.cep.Nodes;
import io.millrace.cep.operator.Operator;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;
import io.millrace.schemas.type.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Measures how many events a second the windows take on one thread; run by hand. */
public final class WindowSpeed {

  private static final int EVENTS = 4_000_000;
  private static final Node INPUT =
      Nodes.leaf(DataType.TIMESTAMP, DataType.BIGINT, DataType.BIGINT, DataType.DOUBLE);

  private WindowSpeed() {}

  public static void main(String[] arguments) {
    List<Aggregation> calls =
        List.of(
            Nodes.call(INPUT, "COUNT", DataType.BIGINT),
            Nodes.call(INPUT, "SUM", DataType.BIGINT, 2));
    List<Aggregation> many =
        List.of(
            Nodes.call(INPUT, "COUNT", DataType.BIGINT),
            Nodes.call(INPUT, "SUM", DataType.BIGINT, 2),
            Nodes.call(INPUT, "AVG", DataType.DOUBLE, 3),
            Nodes.call(INPUT, "MIN", DataType.BIGINT, 2),
            Nodes.call(INPUT, "MAX", DataType.DOUBLE, 3),
            Nodes.call(INPUT, "STDDEV_POP", DataType.DOUBLE, 3));
    Map<String, Window> windows = new TreeMap<>();
    windows.put("tumble", new Window.Tumble(10_000_000, 0));
    windows.put("hop 5", new Window.Hop(10_000_000, 2_000_000, 0));
    windows.put("cumulate 5", new Window.Cumulate(10_000_000, 2_000_000, 0));
    windows.put("session", new Window.Session(2_000_000, List.of(1)));
    for (int round = 0; round < 3; round++) {
      for (int keys : new int[] {10_000, 1_000_000}) {
        Object[][] rows = rows(keys);
        windows.forEach((name, window) -> measure(name, window, keys, calls, rows));
        measure("tumble, 6 functions", windows.get("tumble"), keys, many, rows);
      }
    }
  }

  /** A million events a second of event time. */
  private static Object[][] rows(int keys) {
    Random random = new Random(1);
    Object[][] rows = new Object[EVENTS][];
    Long[] known = new Long[keys];
    for (int i = 0; i < keys; i++) {
      known[i] = (long) i;
    }
    for (int i = 0; i < EVENTS; i++) {
      long value = random.nextInt(1000);
      // A new object, as if it had been decoded.
      Long key = Long.valueOf((long) known[random.nextInt(keys)]);
      rows[i] = new Object[] {10L * i, key, value, value / 8.0};
    }
    return rows;
  }

  private static void measure(
      String name, Window window, int keys, List<Aggregation> calls, Object[][] rows) {
    long[] given = {0};
    Operator operator =
        WindowOperators.of(
            Nodes.windowAggregate(INPUT, window, 0, List.of(1), calls), (row, time) -> given[0]++);
    long start = System.nanoTime();
    for (int i = 0; i < rows.length; i++) {
      long time = (long) rows[i][0];
      operator.event(0, rows[i], time);
      operator.advance(time - 1);
    }
    operator.advance(Long.MAX_VALUE);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-20s %9d keys %6.2f M events/s, %d rows out%n",
        name,
        keys,
        rows.length / seconds / 1e6,
        given[0]);
  }
}
