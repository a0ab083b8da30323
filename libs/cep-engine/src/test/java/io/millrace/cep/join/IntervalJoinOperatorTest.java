package io.millrace.cep.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.join.JoinInput.Collected;
import io.millrace.cep.join.JoinInput.Event;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import java.util.List;
import java.util.Random;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntervalJoinOperatorTest {

  @ParameterizedTest
  @EnumSource(names = {"INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI"})
  void givesWhatAJoinOfEverythingGives(JoinRelType kind) {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      long lower = random.nextInt(-150, 100);
      long upper = lower + random.nextInt(200);
      long disorder = random.nextInt(4) == 0 ? 0 : random.nextInt(150);
      RexNode condition = random.nextBoolean() ? JoinInput.numbersFit() : null;
      List<Event> events = JoinInput.random(random, 300, disorder);

      Collected out =
          JoinInput.run(rows -> join(kind, lower, upper, condition, rows), events, disorder, -1);

      assertThat(out.rows)
          .as("seed %d, from %d to %d", seed, lower, upper)
          .containsExactlyInAnyOrderElementsOf(
              JoinInput.reference(
                  kind,
                  events,
                  (l, r) ->
                      JoinInput.equalKeys(l, r)
                          && near(l, r, lower, upper)
                          && (condition == null || JoinInput.doNumbersFit(l, r))));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI"})
  void goesOnFromWhatItSaved(JoinRelType kind) {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      long lower = random.nextInt(-150, 50);
      long upper = lower + random.nextInt(200);
      List<Event> events = JoinInput.random(random, 200, 200);
      // Some events are late.
      long disorder = random.nextInt(200);

      Collected undisturbed =
          JoinInput.run(rows -> join(kind, lower, upper, null, rows), events, disorder, -1);
      Collected restored =
          JoinInput.run(
              rows -> join(kind, lower, upper, null, rows), events, disorder, random.nextInt(200));

      assertThat(restored.rows).as("seed %d", seed).isEqualTo(undisturbed.rows);
      assertThat(restored.times).isEqualTo(undisturbed.times);
    }
  }

  @Test
  void rowsWithoutAPartnerComeOutWhenNoneCanCome() {
    Collected out = new Collected();
    Operator join = join(JoinRelType.FULL, -10, 20, null, out);
    join.event(0, row("a", 100, 1), 100);
    join.event(0, row(null, 99, 2), 99);
    join.event(1, row("b", 105, 3), 105);

    join.advance(114);
    assertThat(out.rows).isEmpty();
    assertThat(join.waits()).isTrue();
    join.advance(115);
    assertThat(out.rows).containsExactly("[null, null, null, b, 105, 3]");
    join.advance(120);
    assertThat(out.rows)
        .containsExactly(
            "[null, null, null, b, 105, 3]",
            "[null, 99, 2, null, null, null]",
            "[a, 100, 1, null, null, null]");
    assertThat(out.times).containsExactly(105L, 99L, 100L);
    assertThat(join.waits()).isFalse();
    assertThat(join.delay()).isEqualTo(20);
  }

  @Test
  void aRowBehindTheWatermarkIsJoinedAsLongAsAPartnerMayBeHeld() {
    Collected out = new Collected();
    Operator join = join(JoinRelType.LEFT, -10, 10, null, out);
    join.event(1, row("a", 205, 1), 205);
    join.advance(200);

    assertThat(join.event(0, row("a", 195, 2), 195)).isTrue();
    assertThat(join.event(0, row("b", 184, 3), 184)).as("alone, and told at once").isTrue();
    assertThat(out.rows).containsExactly("[a, 195, 2, a, 205, 1]", "[b, 184, 3, null, null, null]");
    assertThat(join.event(0, row("a", 180, 4), 180)).as("without a partner for sure").isTrue();
    assertThat(out.rows).hasSize(3).last().isEqualTo("[a, 180, 4, null, null, null]");
    assertThat(join.event(1, row("a", 180, 5), 180)).as("late").isFalse();
    assertThat(out.rows).hasSize(3);
  }

  @Test
  void aStreamIsJoinedWithItself() {
    Collected out = new Collected();
    Operator join = join(JoinRelType.LEFT, 1, 30, null, out);
    for (long time : new long[] {0, 20, 100}) {
      Object[] row = row("d", time, time);
      join.event(0, row, time);
      join.event(1, row, time);
      join.advance(time - 1);
    }
    join.advance(1000);

    assertThat(out.rows)
        .containsExactly(
            "[d, 0, 0, d, 20, 20]",
            "[d, 20, 20, null, null, null]",
            "[d, 100, 100, null, null, null]");
  }

  @Test
  void nothingIsKeptWhenNoPartnerCanCome() {
    Operator join = join(JoinRelType.SEMI, -10, 10, null, new Collected());
    Operator empty = join(JoinRelType.SEMI, -10, 10, null, new Collected());
    for (int i = 0; i < 10_000; i++) {
      String key = "k" + i % 700;
      join.event(i & 1, row(key, i, i), i);
      join.advance(i - 5);
    }
    join.advance(20_000);
    empty.advance(20_000);

    assertThat(saved(join)).isEqualTo(saved(empty));
  }

  @Test
  void partnersComeOutInTheOrderOfTheirTime() {
    Collected out = new Collected();
    Operator join = join(JoinRelType.INNER, -100, 100, null, out);
    join.event(0, row("a", 30, 1), 30);
    join.event(0, row("a", 10, 2), 10);
    join.event(0, row("a", 20, 3), 20);
    join.event(0, row("a", 10, 4), 10);
    join.event(1, row("a", 15, 9), 15);

    assertThat(out.rows)
        .containsExactly(
            "[a, 10, 2, a, 15, 9]",
            "[a, 10, 4, a, 15, 9]",
            "[a, 20, 3, a, 15, 9]",
            "[a, 30, 1, a, 15, 9]");
  }

  private static byte[] saved(Operator operator) {
    StateWriter state = new StateWriter();
    operator.save(state);
    return state.toBytes();
  }

  private static Object[] row(String key, long time, long number) {
    return new Object[] {key, time, number};
  }

  private static boolean near(Object[] left, Object[] right, long lower, long upper) {
    long distance = (Long) right[JoinInput.TIME] - (Long) left[JoinInput.TIME];
    return lower <= distance && distance <= upper;
  }

  private static Operator join(
      JoinRelType kind, long lower, long upper, RexNode condition, Rows out) {
    return IntervalJoinOperator.of(
        new Node.IntervalJoin(
            JoinInput.LEFT,
            JoinInput.RIGHT,
            kind,
            List.of(JoinInput.KEY),
            List.of(JoinInput.KEY),
            JoinInput.TIME,
            JoinInput.TIME,
            lower,
            upper,
            condition,
            JoinInput.ROW),
        JoinInput.REX,
        out);
  }
}
