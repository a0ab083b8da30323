package io.millrace.cep.join;

import io.millrace.cep.operator.Operator;
import io.millrace.flow.stateful.Node;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.calcite.rel.core.JoinRelType;

/** Prints how many events an interval join takes a second: 10,000 keys, a partner now and then. */
final class JoinSpeed {

  private static final int EVENTS = 4_000_000;

  private JoinSpeed() {}

  public static void main(String[] args) {
    for (long disorder : new long[] {0, 1_000_000}) {
      for (JoinRelType kind : List.of(JoinRelType.INNER, JoinRelType.LEFT)) {
        for (int round = 0; round < 4; round++) {
          System.out.printf("%s, disorder %d: %,d events/s%n", kind, disorder, run(kind, disorder));
        }
      }
    }
  }

  private static long run(JoinRelType kind, long disorder) {
    long[] given = new long[1];
    Operator join =
        IntervalJoinOperator.of(
            new Node.IntervalJoin(
                JoinInput.LEFT,
                JoinInput.RIGHT,
                kind,
                List.of(JoinInput.KEY),
                List.of(JoinInput.KEY),
                JoinInput.TIME,
                JoinInput.TIME,
                0,
                1_000_000,
                null,
                JoinInput.ROW),
            JoinInput.REX,
            (row, time) -> given[0]++);
    String[] keys = new String[10_000];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "key-" + i;
    }
    SplittableRandom random = new SplittableRandom(1);
    long start = System.nanoTime();
    for (int i = 0; i < EVENTS; i++) {
      // 10,000 events in a second of event time.
      long time = i * 100L - (disorder == 0 ? 0 : random.nextLong(disorder));
      int side = random.nextInt(10) == 0 ? 1 : 0;
      join.event(side, new Object[] {keys[random.nextInt(keys.length)], time, (long) i}, time);
      join.advance(i * 100L - disorder - 1);
    }
    return EVENTS * 1_000_000_000L / (System.nanoTime() - start);
  }
}
