package io.millrace.cep.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 40, 1000})
  void rowsLeaveInTheOrderOfTimeAndThenOfArrival(int disorder) {
    Random random = new Random(disorder);
    HeldRows<Integer> held = new HeldRows<>();
    List<Object[]> came = new ArrayList<>();
    List<Object[]> left = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      long time = i / 3 - random.nextInt(disorder + 1);
      Object[] row = {time, i};
      came.add(row);
      held.add(row, time, i);
      while (held.due(i / 3 - disorder - 1)) {
        left.add(take(held));
      }
      if (random.nextInt(200) == 0) {
        StateWriter out = new StateWriter();
        held.save(out);
        held = new HeldRows<>();
        held.restore(new StateReader(out.toBytes()), r -> (Integer) r[1]);
      }
    }
    while (held.size() > 0) {
      left.add(take(held));
    }
    came.sort(Comparator.comparing(row -> (Long) row[0]));
    assertThat(left).usingRecursiveComparison().isEqualTo(came);
  }

  private static Object[] take(HeldRows<Integer> held) {
    long time = held.time();
    Integer found = held.found();
    Object[] row = held.take();
    assertThat(row).containsExactly(time, found);
    return row;
  }
}
