package io.millrace.cep.over;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.Nodes;
import io.millrace.cep.operator.Operator;
import io.millrace.flow.stateful.Node;
import io.millrace.schemas.type.DataType;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.junit.jupiter.api.Test;

class WindowTopOperatorTest {

  /** Key, end of the window, value, name. */
  private static final Node INPUT =
      Nodes.leaf(DataType.STRING, DataType.TIMESTAMP, DataType.INT, DataType.STRING);

  private static final long END = 60_000_000;

  private final Collected out = new Collected();

  private static Node.WindowTop node(long from, long to, RelFieldCollation... order) {
    return new Node.WindowTop(INPUT, List.of(0, 1), 1, List.of(order), from, to, INPUT.row());
  }

  private static boolean give(Operator operator, String key, long end, Integer value, String name) {
    return operator.event(0, new Object[] {key, end, value, name}, end - 1000);
  }

  private List<String> names() {
    return out.take().stream().map(r -> r.replaceAll(".*, (\\w+, \\d+)\\].*", "$1")).toList();
  }

  @Test
  void theFirstOfEachPartitionComeOutWhenTheirWindowEnds() {
    Node.WindowTop node =
        node(1, 2, new RelFieldCollation(2, Direction.DESCENDING, NullDirection.UNSPECIFIED));
    Operator top = WindowTopOperator.of(node, out);
    give(top, "b", END, 1, "b1");
    give(top, "a", 2 * END, 1, "later");
    give(top, "a", END, 5, "five");
    give(top, "a", END, 7, "seven");
    give(top, "a", END, null, "none");
    top = Collected.moved(top, o -> WindowTopOperator.of(node, o), out);
    give(top, "a", END, 7, "again");
    give(top, "a", END, 3, "three");
    top.advance(END - 2);
    assertThat(out.rows()).isEmpty();
    top.advance(END - 1);
    assertThat(out.take())
        .containsExactly(
            "[b, 60000000, 1, b1, 1]@59999000",
            "[a, 60000000, 7, seven, 1]@59999000",
            "[a, 60000000, 7, again, 2]@59999000");
    assertThat(give(top, "a", END, 9, "late")).isFalse();
    top.advance(2 * END);
    assertThat(names()).containsExactly("later, 1");
  }

  @Test
  void nullIsTheLowestValueUnlessTheOrderSaysOtherwise() {
    assertThat(order(new RelFieldCollation(2, Direction.ASCENDING, NullDirection.UNSPECIFIED)))
        .containsExactly("none, 1", "one, 2", "two, 3");
    assertThat(order(new RelFieldCollation(2, Direction.DESCENDING, NullDirection.UNSPECIFIED)))
        .containsExactly("two, 1", "one, 2", "none, 3");
    assertThat(order(new RelFieldCollation(2, Direction.ASCENDING, NullDirection.LAST)))
        .containsExactly("one, 1", "two, 2", "none, 3");
    assertThat(order(new RelFieldCollation(2, Direction.DESCENDING, NullDirection.FIRST)))
        .containsExactly("none, 1", "two, 2", "one, 3");
  }

  private List<String> order(RelFieldCollation order) {
    Operator top = WindowTopOperator.of(node(1, 5, order), out);
    give(top, "a", END, 2, "two");
    give(top, "a", END, null, "none");
    give(top, "a", END, 1, "one");
    top.advance(END);
    return names();
  }

  @Test
  void numbersMayBeginBehindTheFirst() {
    Operator top =
        WindowTopOperator.of(
            node(2, 3, new RelFieldCollation(2, Direction.ASCENDING, NullDirection.FIRST)), out);
    for (int i = 5; i > 0; i--) {
      give(top, "a", END, i, "n" + i);
    }
    top.advance(END);
    assertThat(names()).containsExactly("n2, 2", "n3, 3");
  }
}
