package io.millrace.cep.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.Nodes;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.schemas.type.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GroupOperatorTest {

  private static final Node INPUT = Nodes.leaf(DataType.BYTES, DataType.INT, DataType.STRING);

  private static Function<Rows, Operator> operator(List<Integer> keys, Aggregation... calls) {
    return out ->
        GroupOperator.of(new Node.GroupAggregate(INPUT, keys, List.of(calls), INPUT.row()), out);
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
    groups = Collected.moved(groups, operator(List.of(2, 1)), out);
    groups.event(0, new Object[] {null, 2, "a"}, 13);
    assertThat(out.rows()).containsExactly("[a, 2]@10", "[a, 3]@12");
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
        groups = Collected.moved(groups, maker, out);
      }
    }
  }
}
