package io.millrace.cep.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.Nodes;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.schemas.type.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GroupOperatorTest {

  private static final Node INPUT = Nodes.leaf(DataType.BYTES, DataType.INT, DataType.STRING);

  private static final long TAG = 77;

  private final Log log = new Log();

  private static Function<Rows, Operator> operator(List<Integer> keys, Aggregation... calls) {
    return retained(0, keys, calls);
  }

  private static Function<Rows, Operator> retained(
      long retention, List<Integer> keys, Aggregation... calls) {
    return out ->
        GroupOperator.of(
            new Node.GroupAggregate(INPUT, keys, List.of(calls), retention, INPUT.row()), out);
  }

  /** A new operator that has restored what this one, and those before it, have saved. */
  private Operator moved(Operator operator, Function<Rows, Operator> maker, Rows out) {
    GroupOperator groups = (GroupOperator) operator;
    groups.tag(TAG);
    groups.write(log);
    GroupOperator moved = (GroupOperator) Collected.moved(groups, maker, out);
    log.load(moved);
    return moved;
  }

  /** The last of what was written of each group. */
  private static final class Log implements GroupChanges {
    private final Map<ByteBuffer, byte[]> contents = new LinkedHashMap<>();
    private int changes;

    @Override
    public void changed(long tag, byte[] key, byte[] content) {
      assertThat(tag).isEqualTo(TAG);
      changes++;
      contents.put(ByteBuffer.wrap(key), content);
    }

    void load(GroupOperator groups) {
      contents.forEach((key, content) -> groups.load(key.array(), content));
    }
  }

  @Test
  void everyRowGivesTheNewResultOfItsKey() {
    Collected out = new Collected();
    Operator groups = operator(List.of(0), Nodes.call(INPUT, "SUM", DataType.INT, 1)).apply(out);
    groups.event(0, new Object[] {new byte[] {1}, 2, null}, 10);
    groups.event(0, new Object[] {null, 3, null}, 11);
    groups.event(0, new Object[] {new byte[] {1}, 4, null}, 12);
    groups.event(0, new Object[] {null, null, null}, 13);
    assertThat(out.rows())
        .containsExactly("[[1], 2]@10", "[null, 3]@11", "[[1], 6]@12", "[null, 3]@13");
  }

  @Test
  void withoutFunctionsTheFirstRowOfAKeyAlone() {
    Collected out = new Collected();
    Operator groups = operator(List.of(2, 1)).apply(out);
    groups.event(0, new Object[] {null, 2, "a"}, 10);
    groups.event(0, new Object[] {null, 2, "a"}, 11);
    groups.event(0, new Object[] {null, 3, "a"}, 12);
    groups = moved(groups, operator(List.of(2, 1)), out);
    groups.event(0, new Object[] {null, 2, "a"}, 13);
    assertThat(out.rows()).containsExactly("[a, 2]@10", "[a, 3]@12");
  }

  @Test
  void aKeyThatNothingCameForIsForgotten() {
    Collected out = new Collected();
    Function<Rows, Operator> maker =
        retained(100, List.of(1), Nodes.call(INPUT, "COUNT", DataType.BIGINT));
    Operator groups = maker.apply(out);
    count(groups, 1, 24);
    count(groups, 2, 24);
    groups.advance(24);
    count(groups, 2, 25);
    groups.advance(124);
    count(groups, 2, 70);
    groups = moved(groups, maker, out);
    groups.advance(125);
    count(groups, 1, 130);
    count(groups, 2, 131);
    assertThat(out.take())
        .containsExactly(
            "[1, 1]@24", "[2, 1]@24", "[2, 2]@25", "[2, 3]@70", "[1, 1]@130", "[2, 4]@131");
    long remembers = groups.remembers();
    groups.advance(255);
    assertThat(groups.remembers()).isLessThan(remembers);
    count(groups, 2, 10); // Late, and the first of its key all the same.
    count(groups, 2, 11);
    groups.advance(274);
    count(groups, 2, 12);
    groups.advance(275);
    count(groups, 2, 300);
    assertThat(out.take()).containsExactly("[2, 1]@10", "[2, 2]@11", "[2, 3]@12", "[2, 1]@300");
  }

  @Test
  void aRowThatIsAheadOfTimeIsRememberedFromThenOn() {
    Collected out = new Collected();
    Operator groups = retained(100, List.of(1)).apply(out);
    groups.advance(0);
    count(groups, 1, 1000);
    groups.advance(1099);
    count(groups, 1, 990);
    groups.advance(1125);
    count(groups, 1, 1126);
    assertThat(out.rows()).containsExactly("[1]@1000", "[1]@1126");
  }

  private static void count(Operator groups, int key, long time) {
    groups.event(0, new Object[] {null, key, null}, time);
  }

  /** Against a map that looks at the time of each key. */
  @Test
  void groupsComeAndGo() {
    Collected out = new Collected();
    Function<Rows, Operator> maker =
        retained(400, List.of(1), Nodes.call(INPUT, "COUNT", DataType.BIGINT));
    Operator groups = maker.apply(out);
    Map<Integer, Integer> counts = new HashMap<>();
    Map<Integer, Long> stretches = new HashMap<>();
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      long time = i;
      int key = random.nextInt(random.nextInt(1, 2_000));
      if (random.nextInt(3) == 0) {
        groups.advance(time - 1);
        long oldest = Math.floorDiv(time - 1, 100L) - 4;
        stretches.values().removeIf(stretch -> stretch < oldest);
        counts.keySet().retainAll(stretches.keySet());
      }
      if (random.nextInt(1_000) == 0) {
        groups = moved(groups, maker, out);
      }
      count(groups, key, time);
      stretches.put(key, time / 100);
      assertThat(out.take())
          .containsExactly("[%d, %d]@%d".formatted(key, counts.merge(key, 1, Integer::sum), time));
    }
  }

  @Test
  void onlyWhatChangedIsWrittenDown() {
    Collected out = new Collected();
    Function<Rows, Operator> maker =
        retained(100, List.of(1), Nodes.call(INPUT, "COUNT", DataType.BIGINT));
    Operator groups = maker.apply(out);
    for (int key = 0; key < 500; key++) {
      count(groups, key, key / 10);
    }
    groups = moved(groups, maker, out);
    assertThat(log.changes).isEqualTo(500);
    count(groups, 7, 40);
    count(groups, 7, 41);
    count(groups, 1000, 41);
    groups = moved(groups, maker, out);
    assertThat(log.changes).isEqualTo(502);
    groups.advance(125);
    count(groups, 1001, 0); // Is forgotten before it is ever written down.
    groups.advance(150);
    count(groups, 7, 151);
    groups = moved(groups, maker, out);
    assertThat(log.changes).isEqualTo(502 + 501 + 1);
    assertThat(log.contents.values()).filteredOn(content -> content != null).hasSize(1);
    count(groups, 7, 152);
    assertThat(out.rows()).endsWith("[7, 1]@151", "[7, 2]@152");
  }

  @Test
  void ofTheFirstRowOfAKeyTheOthersAreNoChange() {
    Collected out = new Collected();
    Operator groups = retained(100, List.of(1)).apply(out);
    count(groups, 1, 10);
    groups = moved(groups, retained(100, List.of(1)), out);
    count(groups, 1, 11);
    groups = moved(groups, retained(100, List.of(1)), out);
    assertThat(log.changes).isEqualTo(1);
    count(groups, 1, 90);
    moved(groups, retained(100, List.of(1)), out);
    assertThat(log.changes).isEqualTo(2);
  }

  /** One that was replaced, and would be forgotten by now, took what had replaced it with it. */
  @Test
  void whatWasReplacedHasNoPartInWhatIsForgotten() {
    Collected out = new Collected();
    Function<Rows, Operator> maker = retained(100, List.of(1));
    GroupOperator groups = (GroupOperator) maker.apply(out);
    groups.tag(TAG);
    List<byte[][]> written = new ArrayList<>();
    GroupChanges all = (tag, key, content) -> written.add(new byte[][] {key, content});
    count(groups, 1, 0);
    groups.write(all);
    count(groups, 1, 100);
    groups.advance(150);
    groups.write(all);
    for (int i = 0; i < 2; i++) {
      groups = (GroupOperator) Collected.moved(groups, maker, out);
      for (byte[][] change : written) {
        groups.load(change[0], change[1]);
      }
      groups.write(all);
    }
    count(groups, 1, 160);
    assertThat(out.rows()).containsExactly("[1]@0");
    assertThat(written).hasSize(2);
  }

  @Test
  void manyKeysAreKeptApart() {
    Collected out = new Collected();
    Function<Rows, Operator> maker =
        operator(List.of(1, 2), Nodes.call(INPUT, "COUNT", DataType.BIGINT));
    Operator groups = maker.apply(out);
    Map<String, Integer> counts = new HashMap<>();
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      int number = random.nextInt(1_000);
      String text = "t" + random.nextInt(5);
      int count = counts.merge(number + ", " + text, 1, Integer::sum);
      groups.event(0, new Object[] {null, number, text}, i);
      assertThat(out.take()).containsExactly("[" + number + ", " + text + ", " + count + "]@" + i);
      if (i % 1_000 == 0) {
        groups = moved(groups, maker, out);
      }
    }
  }
}
