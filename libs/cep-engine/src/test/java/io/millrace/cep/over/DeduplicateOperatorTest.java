package io.millrace.cep.over;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.Nodes;
import io.millrace.cep.operator.Operator;
import io.millrace.flow.stateful.Node;
import io.millrace.schemas.type.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeduplicateOperatorTest {

  private static final Node INPUT = Nodes.leaf(DataType.STRING, DataType.TIMESTAMP, DataType.INT);

  private static final Node.Deduplicate NODE =
      new Node.Deduplicate(INPUT, List.of(0), 1, INPUT.row());

  private final Collected out = new Collected();

  private static boolean give(Operator operator, String key, long time, int value) {
    return operator.event(0, new Object[] {key, time, value}, time);
  }

  @Test
  void theFirstRowByTimeComesOutWhenTimeHasPassedIt() {
    Operator first = DeduplicateOperator.of(NODE, out);
    give(first, "a", 20, 1);
    give(first, "a", 10, 2);
    give(first, "b", 20, 3);
    give(first, null, 20, 4);
    first.advance(9);
    assertThat(out.rows()).isEmpty();
    first.advance(10);
    first = Collected.moved(first, o -> DeduplicateOperator.of(NODE, o), out);
    first.advance(30);
    give(first, "b", 40, 5);
    first.advance(50);
    assertThat(out.rows())
        .containsExactly("[a, 10, 2, 1]@10", "[b, 20, 3, 1]@20", "[null, 20, 4, 1]@20");
  }

  @Test
  void aRowThatCouldHaveBeenTheFirstIsLate() {
    Operator first = DeduplicateOperator.of(NODE, out);
    give(first, "a", 20, 1);
    first.advance(30);
    assertThat(give(first, "a", 19, 2)).isFalse();
    assertThat(give(first, "a", 25, 3)).isTrue();
    assertThat(give(first, "b", 25, 4)).isFalse();
    first.advance(50);
    assertThat(out.rows()).containsExactly("[a, 20, 1, 1]@20");
  }
}
