package io.millrace.flow.query;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A condition that says how far two times may be from one another: right minus left, in
 * microseconds, both bounds inclusive.
 *
 * @param left a TIMESTAMP column of a join's left side
 * @param right one of its right side
 * @param lower {@link Long#MIN_VALUE} when there is none
 * @param upper {@link Long#MAX_VALUE} when there is none
 */
record TimeBound(int left, int right, long lower, long upper, RexNode condition) {

  /** A column and what is added to it. */
  private record Shifted(int column, long micros) {}

  static boolean isTime(RexNode node) {
    return node.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  /** What a condition says; null when it says nothing of the kind. */
  static TimeBound of(RexNode condition, int width) {
    if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
      return null;
    }
    Shifted a = shifted(call.getOperands().get(0));
    Shifted b = shifted(call.getOperands().get(1));
    if (a == null || b == null || (a.column < width) == (b.column < width)) {
      return null;
    }
    SqlKind kind = call.getKind();
    if (a.column < width) {
      // left + x ? right + y, seen from the right: right ? left + x - y.
      Shifted other = a;
      a = b;
      b = other;
      kind = kind.reverse();
    }
    long distance = b.micros - a.micros;
    long none = Long.MIN_VALUE;
    long open = Long.MAX_VALUE;
    return switch (kind) {
      case GREATER_THAN_OR_EQUAL -> new TimeBound(b.column, a.column, distance, open, condition);
      case GREATER_THAN -> new TimeBound(b.column, a.column, distance + 1, open, condition);
      case LESS_THAN_OR_EQUAL -> new TimeBound(b.column, a.column, none, distance, condition);
      case LESS_THAN -> new TimeBound(b.column, a.column, none, distance - 1, condition);
      case EQUALS -> new TimeBound(b.column, a.column, distance, distance, condition);
      default -> null;
    };
  }

  private static Shifted shifted(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return isTime(ref) ? new Shifted(ref.getIndex(), 0) : null;
    }
    if (!(node instanceof RexCall call)) {
      return null;
    }
    if (call.getKind() == SqlKind.CAST && isTime(call) && isTime(call.getOperands().get(0))) {
      return shifted(call.getOperands().get(0));
    }
    boolean minus = call.getKind() == SqlKind.MINUS;
    if ((!minus && call.getKind() != SqlKind.PLUS) || call.getOperands().size() != 2) {
      return null;
    }
    RexNode time = call.getOperands().get(0);
    RexNode interval = call.getOperands().get(1);
    if (!minus && interval instanceof RexInputRef) {
      time = interval;
      interval = call.getOperands().get(0);
    }
    Shifted base = isTime(time) ? shifted(time) : null;
    if (base == null
        || !(interval instanceof RexLiteral literal)
        || !SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())) {
      return null;
    }
    long micros = WindowSteps.micros(literal, "a join");
    return new Shifted(base.column, minus ? base.micros - micros : base.micros + micros);
  }
}
