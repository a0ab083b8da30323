package io.millrace.flow.stateful;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;

/** Writes expressions such that equal texts compute equally, with every type. */
final class ExpressionText {

  private final IntFunction<String> columns;

  private ExpressionText(IntFunction<String> columns) {
    this.columns = columns;
  }

  /** Names the columns that it reads by their numbers. */
  static ExpressionText byNumber() {
    return new ExpressionText(Integer::toString);
  }

  /** Names them by their names, so that it does not matter what other columns there are. */
  static ExpressionText byName(RelDataType row) {
    List<String> names = row.getFieldNames();
    return new ExpressionText(column -> quoted(names.get(column)));
  }

  String of(RexNode node) {
    return switch (node) {
      case null -> "-";
      case RexPatternFieldRef ref -> quoted(ref.getAlpha()) + "." + column(ref);
      case RexInputRef ref -> column(ref);
      case RexFieldAccess access ->
          of(access.getReferenceExpr())
              + "."
              + quoted(access.getField().getName())
              + type(access.getType());
      case RexLiteral literal -> literal + type(literal.getType());
      case RexCall call ->
          call.getOperator().getName() + "(" + of(call.getOperands()) + ")" + type(call.getType());
      default -> node + type(node.getType());
    };
  }

  String of(List<? extends RexNode> nodes) {
    return nodes.stream().map(this::of).collect(Collectors.joining(", "));
  }

  private String column(RexInputRef ref) {
    return "$" + columns.apply(ref.getIndex()) + type(ref.getType());
  }

  static String type(RelDataType type) {
    return ":" + type.getFullTypeString();
  }

  /** A name that ends where it ends, whatever is in it. */
  static String quoted(String name) {
    return name.length() + "'" + name + "'";
  }
}
