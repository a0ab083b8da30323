package io.millrace.cep.window;

import io.millrace.cep.group.Grouping;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;

/** Makes the operators of windows. */
public final class WindowOperators {

  private WindowOperators() {}

  /** Aggregates by window and key. */
  public static Operator of(Node.WindowAggregate node, Rows out) {
    Grouping grouping = Grouping.of(node.input().row(), node.keys(), node.aggregations());
    return switch (node.window()) {
      case Window.Cumulate cumulate ->
          new CumulateAggregate(node.time(), Slices.of(cumulate), grouping, out);
      case Window.Tumble tumble -> new HopAggregate(node.time(), Slices.of(tumble), grouping, out);
      case Window.Hop hop -> new HopAggregate(node.time(), Slices.of(hop), grouping, out);
      case Window.Session session -> throw new UnsupportedOperationException("SESSION");
    };
  }

  /** Aggregates rows that carry their window. */
  public static Operator of(Node.AttachedAggregate node, Rows out) {
    return new AttachedAggregate(
        node.windowEnd(), Grouping.of(node.input().row(), node.keys(), node.aggregations()), out);
  }
}
