package io.millrace.rows.code;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlPostfixOperator;
import org.apache.calcite.sql.SqlPrefixOperator;

/** Expressions as SQL, for messages. */
final class Describe {
  private static final int LONGEST = 160;

  private Describe() {}

  static String sql(RexNode node, List<String> columns) {
    String text = text(node, columns, 6);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String text(RexNode node, List<String> columns, int depth) {
    if (depth == 0) {
      return "…";
    }
    return switch (node) {
      case RexInputRef ref -> columns.get(ref.getIndex());
      case RexLiteral literal -> literal(literal);
      case RexFieldAccess access ->
          text(access.getReferenceExpr(), columns, depth - 1) + "." + access.getField().getName();
      case RexCall call -> call(call, columns, depth);
      default -> node.toString();
    };
  }

  private static String literal(RexLiteral literal) {
    if (literal.isNull()) {
      return "NULL";
    }
    if (literal.getValue() instanceof org.apache.calcite.util.NlsString text) {
      return "'" + text.getValue().replace("'", "''") + "'";
    }
    return literal.toString();
  }

  private static String call(RexCall call, List<String> columns, int depth) {
    List<String> args = call.getOperands().stream().map(o -> text(o, columns, depth - 1)).toList();
    if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
      String name = call.getKind() == SqlKind.CAST ? "CAST(" : "TRY_CAST(";
      return name + args.getFirst() + " AS " + call.getType().getSqlTypeName() + ")";
    }
    if (call.getOperator() instanceof SqlBinaryOperator && args.size() > 1) {
      String joined =
          args.stream().collect(Collectors.joining(" " + call.getOperator().getName() + " "));
      return depth == 6 ? joined : "(" + joined + ")";
    }
    if (call.getOperator() instanceof SqlPrefixOperator) {
      return call.getOperator().getName() + " " + args.getFirst();
    }
    if (call.getOperator() instanceof SqlPostfixOperator) {
      return args.getFirst() + " " + call.getOperator().getName();
    }
    return call.getOperator().getName() + "(" + String.join(", ", args) + ")";
  }
}
