package io.millrace.cep.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.Nodes;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;
import io.millrace.schemas.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SessionTest {

  private static final Node INPUT = Nodes.leaf(DataType.TIMESTAMP, DataType.STRING, DataType.INT);

  private static final Window.Session BY_KEY = new Window.Session(10_000, List.of(1));

  private static final List<Aggregation> CALLS =
      List.of(
          Nodes.call(INPUT, "COUNT", DataType.BIGINT),
          Nodes.call(INPUT, "SUM", DataType.INT, 2),
          Nodes.call(INPUT, "MIN", DataType.INT, 2));

  private static Function<Rows, Operator> aggregate(Integer... keys) {
    return out ->
        WindowOperators.of(Nodes.windowAggregate(INPUT, BY_KEY, 0, List.of(keys), CALLS), out);
  }

  private static Object[] row(long time, String key, Integer value) {
    return new Object[] {time, key, value};
  }

  @Test
  void sessionsThatTouchAreOne() {
    Collected out = new Collected();
    Operator sessions = aggregate(1).apply(out);
    sessions.event(0, row(0, "a", 1), 0);
    sessions.event(0, row(20_001, "a", 2), 20_001);
    sessions.event(0, row(5_000, "b", 7), 5_000);
    sessions.event(0, row(10_000, "a", 3), 10_000);
    sessions.advance(29_999);
    assertThat(out.take())
        .containsExactly(
            "[b, 5000, 15000, 14000, 1, 7, 7]@14000", "[a, 0, 20000, 19000, 2, 4, 1]@19000");
    sessions.advance(30_000);
    assertThat(out.take()).containsExactly("[a, 20001, 30001, 29001, 1, 2, 2]@29001");
    assertThat(sessions.waits()).isFalse();
  }

  @Test
  void aRowBetweenTwoSessionsMakesThemOne() {
    Collected out = new Collected();
    Operator sessions = aggregate(1).apply(out);
    sessions.event(0, row(15_000, "a", 1), 15_000);
    sessions.event(0, row(0, "a", 2), 0);
    sessions.event(0, row(7_000, "a", 4), 7_000);
    sessions.advance(Long.MAX_VALUE);
    assertThat(out.rows()).containsExactly("[a, 0, 25000, 24000, 3, 7, 1]@24000");
  }

  @Test
  void aRowThatIsLateByItselfCountsInASessionThatIsOpen() {
    Collected out = new Collected();
    Operator sessions = aggregate(1).apply(out);
    sessions.event(0, row(10_000, "a", 1), 10_000);
    sessions.advance(15_000);
    assertThat(sessions.event(0, row(2_000, "a", 2), 2_000)).isTrue();
    assertThat(sessions.event(0, row(5_001, "b", 2), 5_001)).isFalse();
    sessions.advance(20_000);
    assertThat(out.rows()).containsExactly("[a, 2000, 20000, 19000, 2, 3, 1]@19000");
    assertThat(sessions.event(0, row(9_999, "a", 2), 9_999)).isFalse();
  }

  @Test
  void groupsMayBeOtherThanWhatSessionsAreKeptBy() {
    Collected out = new Collected();
    Operator sessions = aggregate(2).apply(out);
    sessions.event(0, row(0, "a", 1), 0);
    sessions.event(0, row(5_000, "a", 2), 5_000);
    sessions.event(0, row(6_000, "a", 1), 6_000);
    sessions.advance(20_000);
    assertThat(out.rows())
        .containsExactly(
            "[1, 0, 16000, 15000, 2, 2, 1]@15000", "[2, 0, 16000, 15000, 1, 2, 2]@15000");
  }

  @Test
  void rowsComeOutWithTheirSessionWhenItEnds() {
    Collected out = new Collected();
    Operator sessions = WindowOperators.of(new Node.Windowed(INPUT, BY_KEY, 0, INPUT.row()), out);
    sessions.event(0, row(0, "a", 1), 0);
    sessions.event(0, row(5_000, "a", 2), 5_000);
    assertThat(out.rows()).isEmpty();
    sessions.advance(14_999);
    assertThat(out.rows())
        .containsExactly("[0, a, 1, 0, 15000, 14000]@14000", "[5000, a, 2, 0, 15000, 14000]@14000");
  }

  @Test
  void rowsComeOutAtOnceForEveryWindowOfEqualLength() {
    Collected out = new Collected();
    Operator windows =
        WindowOperators.of(
            new Node.Windowed(INPUT, new Window.Hop(10_000, 5_000, 0), 0, INPUT.row()), out);
    windows.event(0, row(7_000, "a", 1), 7_000);
    assertThat(out.take())
        .containsExactly(
            "[7000, a, 1, 0, 10000, 9000]@7000", "[7000, a, 1, 5000, 15000, 14000]@7000");
    windows.advance(1_000_000);
    assertThat(windows.event(0, row(7_000, "a", 1), 7_000)).isTrue();
  }

  @Test
  void attachedWindowsAreOverWhenTheirEndHasPassed() {
    Node input = Nodes.leaf(DataType.STRING, DataType.TIMESTAMP, DataType.INT);
    Collected out = new Collected();
    Operator windows =
        WindowOperators.of(
            new Node.AttachedAggregate(
                input,
                1,
                List.of(1),
                List.of(Nodes.call(input, "MAX", DataType.INT, 2)),
                input.row()),
            out);
    windows.event(0, new Object[] {"a", 10_000L, 1}, 9_000);
    windows.event(0, new Object[] {"b", 10_000L, 3}, 9_000);
    windows.event(0, new Object[] {"b", 20_000L, 2}, 19_000);
    windows.advance(9_999);
    assertThat(out.take()).containsExactly("[10000, 3]@9000");
    assertThat(windows.event(0, new Object[] {"b", 10_000L, 3}, 9_000)).isFalse();
    windows =
        Collected.moved(
            windows,
            o ->
                WindowOperators.of(
                    new Node.AttachedAggregate(
                        input,
                        1,
                        List.of(1),
                        List.of(Nodes.call(input, "MAX", DataType.INT, 2)),
                        input.row()),
                    o),
            out);
    windows.advance(19_999);
    assertThat(out.take()).containsExactly("[20000, 2]@19000");
  }

  @Test
  void givesWhatAModelGivesAlsoWhenMoved() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Collected out = new Collected();
      Operator sessions = aggregate(1).apply(out);
      Model model = new Model();
      long now = 0;
      long watermark = Long.MIN_VALUE;
      for (int i = 0; i < 150; i++) {
        now += random.nextInt(8_000);
        long time = now - random.nextInt(30_000);
        Object[] row = row(time, "k" + random.nextInt(3), random.nextInt(99));
        assertThat(sessions.event(0, row, time)).isEqualTo(model.event(row));
        if (random.nextInt(4) == 0) {
          watermark = Math.max(watermark, now - random.nextInt(30_000));
          sessions.advance(watermark);
          model.advance(watermark);
          assertThat(out.take()).containsExactlyElementsOf(model.take());
        }
        if (random.nextInt(20) == 0) {
          sessions = Collected.moved(sessions, aggregate(1), out);
        }
      }
      sessions.advance(Long.MAX_VALUE);
      model.advance(Long.MAX_VALUE);
      assertThat(out.take()).containsExactlyElementsOf(model.take());
    }
  }

  /** Sessions as plain lists of rows. */
  private static final class Model {
    private final List<List<Object[]>> open = new ArrayList<>();
    private final List<String> out = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    private static long start(List<Object[]> rows) {
      return rows.stream().mapToLong(r -> (long) r[0]).min().orElseThrow();
    }

    private static long end(List<Object[]> rows) {
      return rows.stream().mapToLong(r -> (long) r[0]).max().orElseThrow() + BY_KEY.gap();
    }

    boolean event(Object[] row) {
      long time = (long) row[0];
      List<List<Object[]>> touched =
          open.stream()
              .filter(rows -> rows.getFirst()[1].equals(row[1]))
              .filter(rows -> start(rows) <= time + BY_KEY.gap() && end(rows) >= time)
              .toList();
      if (touched.isEmpty()) {
        if (time + BY_KEY.gap() - 1 <= watermark) {
          return false;
        }
        open.add(new ArrayList<>(List.<Object[]>of(row)));
        return true;
      }
      touched.getFirst().add(row);
      for (List<Object[]> other : touched.subList(1, touched.size())) {
        touched.getFirst().addAll(other);
        open.remove(other);
      }
      return true;
    }

    void advance(long to) {
      watermark = to;
      List<List<Object[]>> ended =
          new ArrayList<>(open.stream().filter(rows -> end(rows) - 1 <= to).toList());
      open.removeAll(ended);
      ended.sort(Comparator.comparingLong(Model::end));
      for (List<Object[]> rows : ended) {
        Object[] result = {
          rows.getFirst()[1],
          start(rows),
          end(rows),
          end(rows) - 1000,
          (long) rows.size(),
          rows.stream().mapToInt(r -> (int) r[2]).sum(),
          rows.stream().mapToInt(r -> (int) r[2]).min().orElseThrow()
        };
        out.add(Arrays.toString(result) + "@" + (end(rows) - 1000));
      }
    }

    List<String> take() {
      List<String> taken = List.copyOf(out);
      out.clear();
      return taken;
    }
  }
}
