package io.millrace.cep.epl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State without a bound of its own, kept for a while: a stretch and the one before. */
class EpochsTest {

  private static final EplLimits MINUTES =
      EplLimits.defaults().withRetention(Duration.ofMinutes(1));

  private static EplQuery compile(String select) throws EplException {
    return EplQuery.compile(select, EplRun.STREAMS, HorizonTest.columns("x BIGINT"), MINUTES);
  }

  @Test
  void aTotalIsOverThisStretchAndTheOneBefore() throws EplException {
    EplQuery query = compile("select count(*) as x from Orders");
    assertThat(query.horizonMicros()).isEqualTo(120_000_000);
    EplRun run = new EplRun(query);
    for (int second : new int[] {10, 50, 70, 130, 185, 1000}) {
      run.send("Orders", second, second, "a", 1L, null, null, null);
    }
    run.until(1100);
    assertThat(run.rows)
        .containsExactly(
            "10.0 [1]", "50.0 [2]", "70.0 [3]", "130.0 [2]", "185.0 [2]", "1000.0 [1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select count(*) as x from Orders",
        "select quantity as x from Orders#length(5)",
        "select sum(quantity) as x from Orders#unique(id)",
        "select prior(2, quantity) as x from Orders",
        "select sum(quantity) as x from Orders group by Product",
        "select a.quantity as x from pattern [every (a=Orders -> b=payments)]",
        "select x from Orders match_recognize (measures B.quantity as x pattern (A B) define B as"
            + " B.quantity > A.quantity)"
      })
  void whatIsRebuiltFromTwoStretchesIsTheSame(String select) throws EplException {
    EplQuery query = compile(select);
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      List<ReplayTest.Input> inputs = ReplayTest.inputs(random, query.inputs());
      int crash = random.nextInt(inputs.size() / 3, inputs.size() - 1);
      while (inputs.get(crash).stream() != null) {
        crash++;
      }
      long from = inputs.get(crash).time() - query.horizonMicros();
      EplRun undisturbed = new EplRun(query);
      EplRun rebuilt = new EplRun(query);
      rebuilt.operator.advance(from - 1);
      List<Integer> marks = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        ReplayTest.feed(undisturbed, query, inputs.get(i));
        if (i > crash || inputs.get(i).time() >= from) {
          ReplayTest.feed(rebuilt, query, inputs.get(i));
        }
        if (i == crash) {
          marks.add(undisturbed.rows.size());
          marks.add(rebuilt.rows.size());
        }
      }
      assertThat(rebuilt.rows.subList(marks.get(1), rebuilt.rows.size()))
          .as("seed " + seed)
          .isEqualTo(undisturbed.rows.subList(marks.get(0), undisturbed.rows.size()));
    }
  }
}
