package io.millrace.cep.join;

import io.millrace.rows.RowFunction;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** How a kind of join makes its rows of two. Immutable and thread-safe. */
final class Pairing {

  private final int leftWidth;
  private final int rightWidth;
  private final RowFunction condition;

  /** Rows of the left side come out by themselves: SEMI and ANTI. */
  final boolean leftOnly;

  /** Rows of the left side whose partner is found come out, alone or with it: all but ANTI. */
  final boolean matches;

  /** Rows of the left side without a partner come out. */
  final boolean outerLeft;

  /** Rows of the right side without a partner come out. */
  final boolean outerRight;

  Pairing(
      JoinRelType kind, RelDataType left, RelDataType right, RexNode condition, RexBuilder rex) {
    this.leftWidth = left.getFieldCount();
    this.rightWidth = right.getFieldCount();
    this.leftOnly = kind == JoinRelType.SEMI || kind == JoinRelType.ANTI;
    this.matches = kind != JoinRelType.ANTI;
    this.outerLeft =
        kind == JoinRelType.LEFT || kind == JoinRelType.FULL || kind == JoinRelType.ANTI;
    this.outerRight = kind == JoinRelType.RIGHT || kind == JoinRelType.FULL;
    this.condition =
        condition == null || condition.isAlwaysTrue()
            ? null
            : RowFunction.compile(rex, both(left, right, rex), condition, List.of());
  }

  /**
   * The columns of both when the condition is TRUE for them, else null.
   *
   * @throws io.millrace.rows.library.RowException when the condition cannot be computed
   */
  Object[] join(Object[] left, Object[] right) {
    if (condition == null && leftOnly) {
      return left;
    }
    Object[] both = Arrays.copyOf(left, leftWidth + rightWidth);
    System.arraycopy(right, 0, both, leftWidth, rightWidth);
    if (condition != null && condition.apply(both) == null) {
      return null;
    }
    return leftOnly ? left : both;
  }

  /** What comes out for a row without a partner. */
  Object[] alone(int side, Object[] row) {
    if (leftOnly) {
      return row;
    }
    if (side == 0) {
      return Arrays.copyOf(row, leftWidth + rightWidth);
    }
    Object[] both = new Object[leftWidth + rightWidth];
    System.arraycopy(row, 0, both, leftWidth, rightWidth);
    return both;
  }

  /** Whether rows of a side without a partner come out. */
  boolean outer(int side) {
    return side == 0 ? outerLeft : outerRight;
  }

  private static RelDataType both(RelDataType left, RelDataType right, RexBuilder rex) {
    return rex.getTypeFactory()
        .builder()
        .addAll(left.getFieldList())
        .addAll(right.getFieldList())
        .uniquify()
        .build();
  }
}
