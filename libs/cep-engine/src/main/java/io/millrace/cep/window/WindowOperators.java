package io.millrace.cep.window;

import io.millrace.cep.group.Grouping;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Makes the operators of windows. */
public final class WindowOperators {

  private WindowOperators() {}

  /** Puts rows into windows. */
  public static Operator of(Node.Windowed node, Rows out) {
    return node.window() instanceof Window.Session session
        ? new SessionOperator<>(node.time(), session, new SessionMembers(out))
        : new WindowedRows(node.time(), Slices.of(node.window()), out);
  }

  /** Aggregates by window and key. */
  public static Operator of(Node.WindowAggregate node, Rows out) {
    Grouping grouping = Grouping.of(node.input().row(), node.keys(), node.aggregations());
    return switch (node.window()) {
      case Window.Cumulate cumulate ->
          new CumulateAggregate(node.time(), Slices.of(cumulate), grouping, out);
      case Window.Tumble tumble -> new HopAggregate(node.time(), Slices.of(tumble), grouping, out);
      case Window.Hop hop -> new HopAggregate(node.time(), Slices.of(hop), grouping, out);
      case Window.Session session ->
          new HashSet<>(session.keys()).equals(new HashSet<>(node.keys()))
              ? new SessionOperator<>(
                  node.time(),
                  session,
                  new SessionGroups(grouping, WindowRows.withWindow(grouping, out)))
              : sessionsOfOtherKeys(node, session, out);
    };
  }

  /** Groups that are no sessions of their own: rows find their sessions, then their groups. */
  private static Operator sessionsOfOtherKeys(
      Node.WindowAggregate node, Window.Session session, Rows out) {
    int start = node.input().row().getFieldCount();
    List<Integer> keys = new ArrayList<>(node.keys());
    keys.addAll(List.of(start, start + 1, start + 2));
    Grouping grouping = Grouping.of(node.input().row(), keys, node.aggregations());
    Operator groups = new AttachedAggregate(start + 1, grouping, out);
    SessionMembers members = new SessionMembers((row, time) -> groups.event(0, row, time));
    return new Chain(new SessionOperator<>(node.time(), session, members), groups);
  }

  /** Aggregates rows that carry their window. */
  public static Operator of(Node.AttachedAggregate node, Rows out) {
    return new AttachedAggregate(
        node.windowEnd(), Grouping.of(node.input().row(), node.keys(), node.aggregations()), out);
  }
}
