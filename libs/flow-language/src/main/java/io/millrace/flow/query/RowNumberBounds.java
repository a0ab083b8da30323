package io.millrace.flow.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Reads conditions on the number of a row: {@code n <= 10}, {@code 1 = n} and the like. */
final class RowNumberBounds {

  private RowNumberBounds() {}

  /**
   * Narrows bounds by a condition.
   *
   * @param bounds the first and the last number, both inclusive
   * @return whether the condition is one on the column alone
   */
  static boolean narrow(RexNode condition, int column, long[] bounds) {
    if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
      return false;
    }
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    SqlKind kind = call.getKind();
    if (left instanceof RexLiteral) {
      RexNode other = left;
      left = right;
      right = other;
      kind = kind.reverse();
    }
    if (!(left instanceof RexInputRef ref)
        || ref.getIndex() != column
        || !(right instanceof RexLiteral literal)
        || !(literal.getValue() instanceof BigDecimal number)) {
      return false;
    }
    long floor = number.setScale(0, RoundingMode.FLOOR).longValue();
    long ceiling = number.setScale(0, RoundingMode.CEILING).longValue();
    switch (kind) {
      case LESS_THAN_OR_EQUAL -> bounds[1] = Math.min(bounds[1], floor);
      case LESS_THAN -> bounds[1] = Math.min(bounds[1], ceiling - 1);
      case GREATER_THAN_OR_EQUAL -> bounds[0] = Math.max(bounds[0], ceiling);
      case GREATER_THAN -> bounds[0] = Math.max(bounds[0], floor + 1);
      case EQUALS -> {
        bounds[0] = Math.max(bounds[0], ceiling);
        bounds[1] = Math.min(bounds[1], floor);
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
