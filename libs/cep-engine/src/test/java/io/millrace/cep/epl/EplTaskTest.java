package io.millrace.cep.epl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cep.Refusals;
import io.millrace.cep.SavedState;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.StatefulTask;
import io.millrace.rows.RowError;
import io.millrace.rows.time.InputTime;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** EPL as the host of tasks sees it. */
class EplTaskTest {

  private static final String UNPAID =
      "select a.id as id from pattern [every a=Orders -> (timer:interval(30 sec) and not"
          + " payments(order_id = a.id))]";

  private final List<String> late = new ArrayList<>();
  private final Refusals refusals =
      new Refusals() {
        @Override
        public void late(int index, long watermark) {
          late.add(index + " at " + watermark / 1_000_000);
        }

        @Override
        public void failed(RowError error) {
          late.add(error.message());
        }
      };

  private static Object[] order(int id) {
    return new Object[] {id, "a", 1L, BigDecimal.ONE, 1.0, 0L};
  }

  private void send(StatefulTask task, String stream, double seconds, Object... row) {
    List<Object[]> rows = new ArrayList<>();
    rows.add(row);
    task.process(stream, rows, new long[] {EplRun.micros(seconds)}, new int[] {0}, refusals);
  }

  @Test
  void readsSomeOfTheStreamsItIsGivenAndCannotSave() throws EplException {
    EplQuery query = EplRun.compile(UNPAID, HorizonTest.columns("id INT"));
    StatefulQuery stateful = query.stateful("unpaid", List.of("payments", "changes", "Orders"));
    assertThat(stateful.saves()).isFalse();
    assertThat(stateful.horizonMicros()).isEqualTo(31_000_000);
    assertThat(stateful.inputs()).containsExactly("payments", "changes", "Orders");
    assertThatThrownBy(() -> query.stateful("unpaid", List.of("Orders")))
        .isInstanceOf(IllegalArgumentException.class);

    EplRun out = new EplRun(query);
    StatefulTask task =
        stateful.task(Map.of("Orders", InputTime.ofLateness(2_000_000)), 10_000_000, out);
    send(task, "Orders", 100, order(1));
    send(task, "Orders", 101, order(2));
    send(task, "payments", 110, 2, BigDecimal.ONE, 0L);
    send(task, "changes", 200, "c", null, null);
    send(task, "Orders", 200, order(3));
    assertThat(out.rows).isEmpty();
    send(task, "payments", 200, 9, BigDecimal.ONE, 0L);
    assertThat(out.rows).containsExactly("130.0 [1]");
    send(task, "Orders", 150, order(4));
    assertThat(late).containsExactly("0 at 197");
    assertThatThrownBy(() -> SavedState.of(task)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void absenceFiresWhenNothingComesAtAll() throws EplException {
    EplQuery query = EplRun.compile(UNPAID, HorizonTest.columns("id INT"));
    EplRun out = new EplRun(query);
    StatefulTask task = query.stateful("unpaid", query.inputs()).task(Map.of(), 5_000_000, out);
    task.tick(1_000);
    send(task, "Orders", 100, order(1));
    send(task, "payments", 100, 7, BigDecimal.ONE, 0L);
    assertThat(task.remembers()).isBetween(200L, 800L);
    for (int second = 1; second <= 60; second++) {
      task.tick(1_000 + second * 1000L);
    }
    assertThat(out.rows).containsExactly("130.0 [1]");
    assertThat(task.remembers()).isZero();
  }
}
