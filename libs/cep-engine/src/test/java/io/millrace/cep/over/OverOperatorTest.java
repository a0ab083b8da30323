package io.millrace.cep.over;

import static io.millrace.cep.Nodes.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.Nodes;
import io.millrace.cep.operator.Operator;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.schemas.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverOperatorTest {

  /** Key, time, value, 2, -1. */
  private static final Node INPUT =
      Nodes.leaf(DataType.STRING, DataType.TIMESTAMP, DataType.INT, DataType.INT, DataType.INT);

  private static final Aggregation SUM = call(INPUT, "SUM", DataType.BIGINT, 2);
  private static final Aggregation COUNT = call(INPUT, "COUNT", DataType.BIGINT);
  private static final Aggregation MIN = call(INPUT, "MIN", DataType.INT, 2);
  private static final Aggregation LAG = call(INPUT, "LAG", DataType.INT, 2);
  private static final Aggregation LAG_2 = call(INPUT, "LAG", DataType.INT, 2, 3, 4);
  private static final Aggregation NUMBER = call(INPUT, "ROW_NUMBER", DataType.BIGINT);

  private final Collected out = new Collected();

  private static Node.Over range(long range, Aggregation... calls) {
    return new Node.Over(INPUT, List.of(0), 1, range, -1, List.of(calls), INPUT.row());
  }

  private static Node.Over rows(long rows, Aggregation... calls) {
    return new Node.Over(INPUT, List.of(0), 1, -1, rows, List.of(calls), INPUT.row());
  }

  private static Object[] row(String key, long time, Integer value) {
    return new Object[] {key, time, value, 2, -1};
  }

  private static boolean give(Operator operator, String key, long time, Integer value) {
    return operator.event(0, row(key, time, value), time);
  }

  /** The results alone, behind key, time and value. */
  private List<String> results() {
    return out.take().stream().map(r -> r.replace(", 2, -1", "").replaceAll("@.*", "")).toList();
  }

  @Test
  void rowsOfOneTimeCountForEachOtherWithRange() {
    Operator over = OverOperator.of(range(10, SUM, COUNT, NUMBER), out);
    give(over, "a", 100, 1);
    give(over, "b", 100, 50);
    give(over, "a", 100, 2);
    give(over, "a", 110, 4);
    give(over, "a", 111, 8);
    over.advance(99);
    assertThat(out.rows()).isEmpty();
    over.advance(111);
    assertThat(results())
        .containsExactly(
            "[a, 100, 1, 3, 2, 1]",
            "[b, 100, 50, 50, 1, 1]",
            "[a, 100, 2, 3, 2, 2]",
            "[a, 110, 4, 7, 3, 3]",
            "[a, 111, 8, 12, 2, 4]");
  }

  @Test
  void rowsOfOneTimeAreTakenOneAfterTheOtherWithRows() {
    Operator over = OverOperator.of(rows(1, SUM, LAG, LAG_2), out);
    give(over, "a", 100, 1);
    give(over, "a", 100, 2);
    give(over, "a", 90, null);
    give(over, "a", 100, 4);
    over.advance(100);
    assertThat(results())
        .containsExactly(
            "[a, 90, null, null, null, -1]",
            "[a, 100, 1, 1, null, -1]",
            "[a, 100, 2, 3, 1, -1]",
            "[a, 100, 4, 6, 2, 1]");
  }

  /** As in Flink SQL, where the frame of LAG is a RANGE. */
  @Test
  void lagOfRowsOfOneTimeIsThatOfTheLastOneWithRange() {
    Operator over = OverOperator.of(range(Node.Over.UNBOUNDED, LAG), out);
    give(over, "a", 90, 1);
    give(over, "a", 100, 2);
    give(over, "a", 100, 3);
    over.advance(100);
    assertThat(results()).containsExactly("[a, 90, 1, null]", "[a, 100, 2, 2]", "[a, 100, 3, 2]");
  }

  @Test
  void rowsBehindTheWatermarkAreLate() {
    Operator over = OverOperator.of(rows(Node.Over.UNBOUNDED, SUM), out);
    over.advance(100);
    assertThat(give(over, "a", 100, 1)).isFalse();
    assertThat(give(over, "a", 101, 1)).isTrue();
    over.advance(101);
    assertThat(results()).containsExactly("[a, 101, 1, 1]");
  }

  @Test
  void rowsBehindTheWatermarkCountWhereRowsLeaveTheFrameUnlessTheirKeyIsFurther() {
    for (Node.Over node : List.of(range(100, SUM), rows(9, SUM))) {
      Operator over = OverOperator.of(node, out);
      give(over, "a", 100, 1);
      over.advance(150);
      assertThat(give(over, "a", 100, 2)).isFalse();
      assertThat(give(over, "a", 101, 4)).isTrue();
      assertThat(give(over, "b", 20, 8)).isTrue();
      over.advance(151);
      assertThat(results()).containsExactly("[a, 100, 1, 1]", "[b, 20, 8, 8]", "[a, 101, 4, 5]");
    }
  }

  @Test
  void keysWithoutRowsInTheirFrameAreForgotten() {
    OverOperator over = (OverOperator) OverOperator.of(range(10_000, SUM), out);
    for (int i = 0; i < 1000; i++) {
      give(over, "key" + i, 1000 * i, 1);
      over.advance(1000 * i - 1);
    }
    assertThat(over.partitions).hasSizeLessThan(20);
    over.advance(2_000_000);
    assertThat(over.partitions).isEmpty();
    assertThat(out.rows()).hasSize(1000);
  }

  @Test
  void aSumThatDoesNotFitFailsItsRowsAlone() {
    Aggregation sum = call(INPUT, "SUM", DataType.INT, 2);
    Operator over = OverOperator.of(rows(1, sum), out);
    give(over, "a", 1, Integer.MAX_VALUE);
    give(over, "a", 2, 1);
    give(over, "a", 3, 2);
    over.advance(10);
    assertThat(out.rows()).hasSize(3);
    assertThat(out.rows().get(1)).contains("does not fit");
    assertThat(out.rows().get(2)).isEqualTo("[a, 3, 2, 2, -1, 3]@3");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithAComputationOverAllRowsAndSurvivesBeingMoved(int seed) {
    for (Node.Over node :
        List.of(
            range(7, SUM, COUNT, MIN, NUMBER, LAG_2),
            range(0, SUM, COUNT, MIN, NUMBER, LAG),
            range(Node.Over.UNBOUNDED, SUM, COUNT, MIN, NUMBER, LAG),
            rows(0, SUM, COUNT, MIN, NUMBER, LAG),
            rows(3, SUM, COUNT, MIN, NUMBER, LAG_2),
            rows(Node.Over.UNBOUNDED, SUM, COUNT, MIN, NUMBER, LAG_2))) {
      check(node, new Random(seed));
    }
  }

  private void check(Node.Over node, Random random) {
    out.take();
    Operator over = OverOperator.of(node, out);
    List<Object[]> taken = new ArrayList<>();
    long watermark = -1;
    long now = 20;
    boolean late = node.range() == 7 || node.rows() == 3;
    Map<Object, Long> given = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      now += random.nextInt(3);
      long time = now - random.nextInt(12);
      if (!late) {
        time = Math.max(time, watermark + 1);
      }
      Object[] row =
          row(
              "k" + random.nextInt(3),
              time,
              random.nextInt(5) == 0 ? null : random.nextInt(100) - 50);
      boolean accepted = over.event(0, row, time);
      assertThat(accepted).isEqualTo(time > watermark || time > given.getOrDefault(row[0], -1L));
      if (accepted) {
        taken.add(row);
      }
      if (random.nextInt(3) == 0) {
        watermark = Math.max(watermark, now - 8);
        over.advance(watermark);
        for (Object[] each : taken) {
          if ((Long) each[1] <= watermark) {
            given.merge(each[0], (Long) each[1], Math::max);
          }
        }
      }
      if (random.nextInt(10) == 0) {
        over = Collected.moved(over, o -> OverOperator.of(node, o), out);
      }
    }
    over.advance(now);
    List<String> results = new ArrayList<>(out.take());
    List<String> expected = expected(node, taken);
    if (late) {
      // What came late goes out behind later rows of other keys.
      Comparator<String> byKey = Comparator.comparing(r -> r.substring(0, 3));
      results.sort(byKey);
      expected.sort(byKey);
    }
    assertThat(results).isEqualTo(expected);
  }

  private static List<String> expected(Node.Over node, List<Object[]> taken) {
    List<Object[]> sorted = new ArrayList<>(taken);
    sorted.sort((a, b) -> Long.compare((Long) a[1], (Long) b[1]));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Object[] row = sorted.get(i);
      List<Object[]> partition = new ArrayList<>();
      int own = -1;
      for (int j = 0; j < sorted.size(); j++) {
        Object[] other = sorted.get(j);
        boolean before = node.range() < 0 ? j <= i : (Long) other[1] <= (Long) row[1];
        if (other[0].equals(row[0]) && before) {
          partition.add(other);
          own += j <= i ? 1 : 0;
        }
      }
      long sum = 0;
      int values = 0;
      Integer min = null;
      int count = 0;
      for (int j = 0; j < partition.size(); j++) {
        Object[] other = partition.get(j);
        boolean in =
            node.range() < 0
                ? node.rows() == Node.Over.UNBOUNDED || j >= partition.size() - 1 - node.rows()
                : node.range() == Node.Over.UNBOUNDED
                    || (Long) other[1] >= (Long) row[1] - node.range();
        if (in) {
          count++;
          if (other[2] != null) {
            int value = (Integer) other[2];
            values++;
            sum += value;
            min = min == null ? value : Math.min(min, value);
          }
        }
      }
      boolean two = node.calls().get(4).arguments().size() > 1;
      int back = partition.size() - 1 - (two ? 2 : 1);
      Object[] result = Arrays.copyOf(row, row.length + 5);
      result[5] = values == 0 ? null : (Object) sum;
      result[6] = count;
      result[7] = min;
      result[8] = own + 1;
      result[9] = back < 0 ? null : partition.get(back)[2];
      if (two && result[9] == null) {
        result[9] = -1;
      }
      expected.add(Arrays.toString(result) + "@" + row[1]);
    }
    return expected;
  }
}
