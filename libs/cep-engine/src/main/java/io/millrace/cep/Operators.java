package io.millrace.cep;

import io.millrace.cep.group.GroupOperator;
import io.millrace.cep.join.IntervalJoinOperator;
import io.millrace.cep.join.WindowJoinOperator;
import io.millrace.cep.match.MatchOperator;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.over.DeduplicateOperator;
import io.millrace.cep.over.OverOperator;
import io.millrace.cep.over.WindowTopOperator;
import io.millrace.cep.window.WindowOperators;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.UnsupportedQueryException;
import org.apache.calcite.rex.RexBuilder;

/** Which operator computes which node. */
final class Operators {

  private Operators() {}

  /**
   * Makes a new operator.
   *
   * @param out takes its rows
   * @throws UnsupportedQueryException when the node asks for what no operator does
   */
  static Operator of(Node node, RexBuilder rex, Rows out) {
    return switch (node) {
      case Node.Windowed windowed -> WindowOperators.of(windowed, out);
      case Node.WindowAggregate aggregate -> WindowOperators.of(aggregate, out);
      case Node.AttachedAggregate aggregate -> WindowOperators.of(aggregate, out);
      case Node.GroupAggregate aggregate -> GroupOperator.of(aggregate, out);
      case Node.IntervalJoin join -> IntervalJoinOperator.of(join, rex, out);
      case Node.WindowJoin join -> WindowJoinOperator.of(join, rex, out);
      case Node.Over over -> OverOperator.of(over, out);
      case Node.WindowTop top -> WindowTopOperator.of(top, out);
      case Node.Deduplicate deduplicate -> DeduplicateOperator.of(deduplicate, out);
      case Node.Match match -> MatchOperator.of(match, rex, out);
      default ->
          throw new UnsupportedQueryException(
              "this version cannot run " + node.getClass().getSimpleName());
    };
  }
}
