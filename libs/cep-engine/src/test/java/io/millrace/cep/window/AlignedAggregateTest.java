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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlignedAggregateTest {

  private static final long S = 1_000_000;

  private static final Node INPUT = Nodes.leaf(DataType.TIMESTAMP, DataType.STRING, DataType.INT);

  private static final List<Aggregation> CALLS =
      List.of(
          Nodes.call(INPUT, "COUNT", DataType.BIGINT),
          Nodes.call(INPUT, "SUM", DataType.INT, 2),
          Nodes.call(INPUT, "MIN", DataType.INT, 2),
          Nodes.call(INPUT, "MAX", DataType.INT, 2),
          Nodes.call(INPUT, "AVG", DataType.INT, 2));

  private static Function<Rows, Operator> operator(Window window, Integer... keys) {
    return out ->
        WindowOperators.of(Nodes.windowAggregate(INPUT, window, 0, List.of(keys), CALLS), out);
  }

  private static Object[] row(long time, String key, Integer value) {
    return new Object[] {time, key, value};
  }

  @Test
  void aTumblingWindowComesOutWhenItsLastMicrosecondHasPassed() {
    Collected out = new Collected();
    Operator windows = operator(new Window.Tumble(10 * S, 0), 1).apply(out);
    windows.event(0, row(1 * S, "b", 1), 1 * S);
    windows.event(0, row(9 * S, "a", 5), 9 * S);
    windows.event(0, row(10 * S, "a", 7), 10 * S);
    windows.event(0, row(2 * S, "b", null), 2 * S);
    windows.advance(10 * S - 2);
    assertThat(out.rows()).isEmpty();
    windows.advance(10 * S - 1);
    assertThat(out.take())
        .containsExactly(
            "[b, 0, 10000000, 9999000, 2, 1, 1, 1, 1]@9999000",
            "[a, 0, 10000000, 9999000, 1, 5, 5, 5, 5]@9999000");
    assertThat(windows.event(0, row(10 * S - 1, "a", 7), 10 * S - 1)).isFalse();
    assertThat(windows.waits()).isTrue();
    windows.advance(Long.MAX_VALUE);
    assertThat(out.take())
        .containsExactly("[a, 10000000, 20000000, 19999000, 1, 7, 7, 7, 7]@19999000");
    assertThat(windows.waits()).isFalse();
  }

  @Test
  void aHoppingWindowTakesARowWhileOneOfItsWindowsIsOpen() {
    Collected out = new Collected();
    Operator windows = operator(new Window.Hop(10 * S, 5 * S, 0)).apply(out);
    windows.event(0, row(1 * S, "a", 1), 1 * S);
    windows.advance(5 * S);
    assertThat(out.take()).containsExactly("[-5000000, 5000000, 4999000, 1, 1, 1, 1, 1]@4999000");
    assertThat(windows.event(0, row(2 * S, "a", 2), 2 * S)).isTrue();
    windows.advance(10 * S);
    assertThat(out.take()).containsExactly("[0, 10000000, 9999000, 2, 3, 1, 2, 1]@9999000");
    assertThat(windows.event(0, row(3 * S, "a", 3), 3 * S)).isFalse();
  }

  @Test
  void aCumulatingWindowComesOutAtEveryStep() {
    Collected out = new Collected();
    Operator windows = operator(new Window.Cumulate(6 * S, 2 * S, 0)).apply(out);
    windows.event(0, row(1 * S, "a", 1), 1 * S);
    windows.event(0, row(7 * S, "a", 9), 7 * S);
    windows.advance(4 * S);
    assertThat(windows.event(0, row(0, "a", 2), 0)).isTrue();
    windows.advance(20 * S);
    assertThat(out.rows())
        .containsExactly(
            "[0, 2000000, 1999000, 1, 1, 1, 1, 1]@1999000",
            "[0, 4000000, 3999000, 1, 1, 1, 1, 1]@3999000",
            "[0, 6000000, 5999000, 2, 3, 1, 2, 1]@5999000",
            "[6000000, 8000000, 7999000, 1, 9, 9, 9, 9]@7999000",
            "[6000000, 10000000, 9999000, 1, 9, 9, 9, 9]@9999000",
            "[6000000, 12000000, 11999000, 1, 9, 9, 9, 9]@11999000");
  }

  @Test
  void aSumThatDoesNotFitIsAnErrorOfItsRowAlone() {
    Collected out = new Collected();
    Operator windows = operator(new Window.Tumble(S, 0), 1).apply(out);
    windows.event(0, row(1, "a", Integer.MAX_VALUE), 1);
    windows.event(0, row(1, "a", 1), 1);
    windows.event(0, row(1, "b", 1), 1);
    windows.advance(S);
    assertThat(out.rows())
        .containsExactly(
            "the result of SUM does not fit INT", "[b, 0, 1000000, 999000, 1, 1, 1, 1, 1]@999000");
  }

  static Stream<Window> windows() {
    return Stream.of(
        new Window.Tumble(10 * S, 0),
        new Window.Tumble(7 * S, 3 * S),
        new Window.Hop(10 * S, 5 * S, 0),
        new Window.Hop(10 * S, 4 * S, S),
        new Window.Hop(10 * S, 15 * S, -2 * S),
        new Window.Cumulate(12 * S, 3 * S, 0),
        new Window.Cumulate(12 * S, 4 * S, S));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void givesWhatAModelGivesAlsoWhenMoved(Window window) {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      Collected out = new Collected();
      Function<Rows, Operator> maker = operator(window, 1);
      Operator windows = maker.apply(out);
      Model model = new Model(window);
      long now = -20 * S;
      long watermark = Long.MIN_VALUE;
      for (int i = 0; i < 200; i++) {
        now += random.nextInt((int) (2 * S));
        long time = now - random.nextLong(15 * S);
        Object[] row =
            row(time, "k" + random.nextInt(3), random.nextInt(9) == 0 ? null : random.nextInt(99));
        assertThat(windows.event(0, row, time)).isEqualTo(model.event(row));
        if (random.nextInt(4) == 0) {
          watermark = Math.max(watermark, now - random.nextLong(10 * S));
          windows.advance(watermark);
          model.advance(watermark);
          assertThat(out.take()).containsExactlyInAnyOrderElementsOf(model.take());
        }
        if (random.nextInt(20) == 0) {
          windows = Collected.moved(windows, maker, out);
        }
      }
      windows.advance(Long.MAX_VALUE);
      model.advance(Long.MAX_VALUE);
      assertThat(out.take()).containsExactlyInAnyOrderElementsOf(model.take());
    }
  }

  /** Keeps all rows of all windows. */
  private static final class Model {
    private final Window window;
    private final TreeMap<Long, Map<String, List<Object[]>>> rows = new TreeMap<>();
    private final List<String> out = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;

    Model(Window window) {
      this.window = window;
    }

    private List<Long> ends(long time) {
      List<Long> ends = new ArrayList<>();
      switch (window) {
        case Window.Tumble w -> hop(ends, time, w.size(), w.size(), w.offset());
        case Window.Hop w -> hop(ends, time, w.size(), w.slide(), w.offset());
        case Window.Cumulate w -> {
          long start = w.offset() + Math.floorDiv(time - w.offset(), w.size()) * w.size();
          for (long end = start + w.step(); end <= start + w.size(); end += w.step()) {
            if (end > time) {
              ends.add(end);
            }
          }
        }
        case Window.Session s -> throw new IllegalArgumentException();
      }
      return ends;
    }

    private static void hop(List<Long> ends, long time, long size, long slide, long offset) {
      for (long start = offset - 100 * slide; start <= time; start += slide) {
        if (start + size > time) {
          ends.add(start + size);
        }
      }
    }

    boolean event(Object[] row) {
      List<Long> ends = ends((long) row[0]);
      boolean open = ends.isEmpty();
      for (long end : ends) {
        if (end - 1 > watermark) {
          open = true;
          rows.computeIfAbsent(end, e -> new LinkedHashMap<>())
              .computeIfAbsent((String) row[1], k -> new ArrayList<>())
              .add(row);
        }
      }
      return open;
    }

    void advance(long to) {
      watermark = to;
      while (!rows.isEmpty() && rows.firstKey() - 1 <= to) {
        long end = rows.firstKey();
        rows.pollFirstEntry().getValue().forEach((key, group) -> give(key, end, group));
      }
    }

    private void give(String key, long end, List<Object[]> group) {
      long start =
          switch (window) {
            case Window.Tumble w -> end - w.size();
            case Window.Hop w -> end - w.size();
            case Window.Cumulate w ->
                w.offset() + Math.floorDiv(end - 1 - w.offset(), w.size()) * w.size();
            case Window.Session s -> throw new IllegalArgumentException();
          };
      int[] values =
          group.stream().map(r -> r[2]).filter(Objects::nonNull).mapToInt(v -> (int) v).toArray();
      boolean none = values.length == 0;
      int sum = Arrays.stream(values).sum();
      Object[] row = {
        key,
        start,
        end,
        end - 1000,
        group.size(),
        none ? null : sum,
        none ? null : Arrays.stream(values).min().getAsInt(),
        none ? null : Arrays.stream(values).max().getAsInt(),
        none ? null : sum / values.length
      };
      out.add(Arrays.toString(row) + "@" + (end - 1000));
    }

    List<String> take() {
      List<String> taken = List.copyOf(out);
      out.clear();
      return taken;
    }
  }
}
