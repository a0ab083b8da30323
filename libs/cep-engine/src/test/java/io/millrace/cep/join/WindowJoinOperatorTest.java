package io.millrace.cep.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.join.JoinInput.Collected;
import io.millrace.cep.join.JoinInput.Event;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.flow.stateful.Node;
import java.util.List;
import java.util.Random;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowJoinOperatorTest {

  private static final long SIZE = 100;

  @ParameterizedTest
  @EnumSource(names = {"INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI"})
  void givesWhatAJoinOfEverythingGives(JoinRelType kind) {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      RexNode condition = random.nextBoolean() ? JoinInput.numbersFit() : null;
      long disorder = random.nextInt(150);
      List<Event> events = windowed(random, disorder);

      Collected out = JoinInput.run(rows -> join(kind, condition, rows), events, disorder, -1);

      assertThat(out.rows)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              JoinInput.reference(
                  kind,
                  events,
                  (l, r) ->
                      JoinInput.equalKeys(l, r)
                          && l[JoinInput.TIME].equals(r[JoinInput.TIME])
                          && (condition == null || JoinInput.doNumbersFit(l, r))));
      assertThat(out.times).isSorted();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI"})
  void goesOnFromWhatItSaved(JoinRelType kind) {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<Event> events = windowed(random, 150);
      long disorder = random.nextInt(150);

      Collected undisturbed = JoinInput.run(rows -> join(kind, null, rows), events, disorder, -1);
      Collected restored =
          JoinInput.run(rows -> join(kind, null, rows), events, disorder, random.nextInt(200));

      assertThat(restored.rows).as("seed %d", seed).isEqualTo(undisturbed.rows);
    }
  }

  @Test
  void aWindowThatHasEndedTakesNoMore() {
    Collected out = new Collected();
    Operator join = join(JoinRelType.INNER, null, out);
    assertThat(join.event(0, new Object[] {"a", 100L, 1L}, 50)).isTrue();
    assertThat(join.event(1, new Object[] {"a", 100L, 2L}, 60)).isTrue();
    join.advance(98);
    assertThat(out.rows).isEmpty();
    join.advance(99);
    assertThat(out.rows).containsExactly("[a, 100, 1, a, 100, 2]");
    assertThat(out.times).containsExactly(100L - 1000);
    assertThat(join.event(1, new Object[] {"a", 100L, 3L}, 60)).isFalse();
    assertThat(join.event(1, new Object[] {"a", 101L, 3L}, 60)).isTrue();
  }

  /** The time column holds the window's end. */
  private static List<Event> windowed(Random random, long disorder) {
    return JoinInput.random(random, 300, disorder).stream()
        .map(e -> {
          Object[] row = e.row().clone();
          row[JoinInput.TIME] = e.time() / SIZE * SIZE + SIZE;
          return new Event(e.side(), row, e.time());
        })
        .toList();
  }

  private static Operator join(JoinRelType kind, RexNode condition, Rows out) {
    return WindowJoinOperator.of(
        new Node.WindowJoin(
            JoinInput.LEFT,
            JoinInput.RIGHT,
            kind,
            List.of(JoinInput.TIME, JoinInput.KEY),
            List.of(JoinInput.TIME, JoinInput.KEY),
            JoinInput.TIME,
            JoinInput.TIME,
            condition,
            JoinInput.ROW),
        JoinInput.REX,
        out);
  }
}
