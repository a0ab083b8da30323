package io.millrace.cep;

import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.sql.SqlKind;

/**
 * By how much the columns of a query's results lie behind the time that the results have reached.
 * Known of columns that carry the time of events or the bounds of windows as they are.
 */
final class ResultTime {

  /** What is not known. */
  static final long UNKNOWN = -1;

  private static final int WINDOW_START = 0;

  /**
   * Where a column comes from.
   *
   * @param end whether it is the end of a window, and so what the row's own time follows from
   * @param lag by how much it lies behind the row's time at most, microseconds
   */
  private record Origin(boolean end, long lag) {
    static final Origin TIME = new Origin(false, 0);
    static final Origin END = new Origin(true, 0);

    Origin later(long by) {
      return by < 0 ? null : new Origin(false, lag + by);
    }
  }

  private ResultTime() {}

  /**
   * The lag of a column of the root.
   *
   * @param column -1 for the row's own time
   * @return microseconds, or {@link #UNKNOWN}
   */
  static long lag(Node root, int column) {
    if (hasNoOrder(root)) {
      return UNKNOWN;
    }
    if (column < 0) {
      return 0;
    }
    Origin origin = origin(root, column);
    return origin == null ? UNKNOWN : origin.lag();
  }

  /** Whether rows come out as they came in, late ones too. */
  private static boolean hasNoOrder(Node node) {
    return node instanceof Node.GroupAggregate
        || node.inputs().stream().anyMatch(ResultTime::hasNoOrder);
  }

  private static Origin origin(Node node, int column) {
    return switch (node) {
      case Node.Leaf leaf -> column == leaf.time() ? Origin.TIME : null;
      case Node.Calc calc -> origin(calc, column);
      case Node.Union union -> origin(union, column);
      case Node.Windowed windowed -> {
        int own = column - width(windowed.input());
        yield own < 0 ? origin(windowed.input(), column) : bound(own, windowed.window());
      }
      case Node.WindowAggregate aggregate -> {
        int own = column - aggregate.keys().size();
        yield own < 0 || own > 2 ? null : bound(own, aggregate.window());
      }
      case Node.AttachedAggregate aggregate ->
          column < aggregate.keys().size()
              ? atEnd(aggregate.input(), aggregate.keys().get(column))
              : null;
      case Node.GroupAggregate aggregate -> null;
      case Node.Over over -> passed(over.input(), column);
      case Node.WindowTop top -> column < width(top.input()) ? atEnd(top.input(), column) : null;
      case Node.Deduplicate deduplicate -> passed(deduplicate.input(), column);
      case Node.IntervalJoin join -> {
        int right = column - width(join.left());
        yield right < 0 ? origin(join.left(), column) : origin(join.right(), right);
      }
      case Node.WindowJoin join -> {
        int right = column - width(join.left());
        yield right < 0 ? atEnd(join.left(), column) : atEnd(join.right(), right);
      }
      case Node.Match match -> origin(match, column);
    };
  }

  private static int width(Node node) {
    return node.row().getFieldCount();
  }

  private static Origin passed(Node input, int column) {
    return column < width(input) ? origin(input, column) : null;
  }

  private static Origin origin(Node.Calc calc, int column) {
    RexNode expression = calc.projection().get(column);
    while (expression instanceof RexCall call
        && call.getKind() == SqlKind.CAST
        && sameType(call.getType(), call.getOperands().getFirst().getType())) {
      expression = call.getOperands().getFirst();
    }
    return expression instanceof RexInputRef ref ? origin(calc.input(), ref.getIndex()) : null;
  }

  private static boolean sameType(RelDataType one, RelDataType other) {
    return one.getSqlTypeName() == other.getSqlTypeName()
        && one.getPrecision() == other.getPrecision();
  }

  private static Origin origin(Node.Union union, int column) {
    Origin all = null;
    for (Node input : union.inputs()) {
      Origin one = origin(input, column);
      if (one == null) {
        return null;
      }
      all = all == null ? one : new Origin(all.end() && one.end(), Math.max(all.lag(), one.lag()));
    }
    return all;
  }

  /** window_start, window_end or window_time. */
  private static Origin bound(int which, Window window) {
    return which == WINDOW_START ? Origin.TIME.later(size(window)) : Origin.END;
  }

  /** A column of rows that are given out when their window ends. */
  private static Origin atEnd(Node input, int column) {
    Origin origin = origin(input, column);
    return origin == null || origin.end() ? origin : origin.later(windowSize(input));
  }

  private static long windowSize(Node node) {
    long size =
        switch (node) {
          case Node.Windowed windowed -> size(windowed.window());
          case Node.WindowAggregate aggregate -> size(aggregate.window());
          default -> 0;
        };
    for (Node input : node.inputs()) {
      long inner = windowSize(input);
      if (size < 0 || inner < 0) {
        return UNKNOWN;
      }
      size = Math.max(size, inner);
    }
    return size;
  }

  private static long size(Window window) {
    return switch (window) {
      case Window.Tumble tumble -> tumble.size();
      case Window.Hop hop -> hop.size();
      case Window.Cumulate cumulate -> cumulate.size();
      case Window.Session session -> UNKNOWN;
    };
  }

  /** The time of a match's last row is its own, those of the others lie within the match. */
  private static Origin origin(Node.Match match, int column) {
    int measure = column - match.partition().size();
    if (measure < 0) {
      return null;
    }
    RexNode expression = List.copyOf(match.rel().getMeasures().values()).get(measure);
    boolean last = true;
    while (expression instanceof RexCall call) {
      switch (call.getKind()) {
        case FINAL, RUNNING -> {}
        case FIRST -> last = false;
        case LAST ->
            last &=
                call.getOperands().size() == 1
                    || (call.getOperands().get(1) instanceof RexLiteral literal
                        && Integer.valueOf(0).equals(literal.getValueAs(Integer.class)));
        default -> {
          return null;
        }
      }
      expression = call.getOperands().getFirst();
    }
    if (!(expression instanceof RexPatternFieldRef ref)) {
      return null;
    }
    Origin origin = origin(match.input(), ref.getIndex());
    if (origin == null || (last && ref.getAlpha().equals(lastOf(match.rel().getPattern())))) {
      return origin;
    }
    return origin.later(match.within() == 0 ? UNKNOWN : match.within());
  }

  /** The variable that the last row of every match is of; null when there are several. */
  private static String lastOf(RexNode pattern) {
    if (pattern instanceof RexLiteral literal) {
      return literal.getValueAs(String.class);
    }
    RexCall call = (RexCall) pattern;
    return switch (call.getKind()) {
      case PATTERN_CONCAT -> lastOf(call.getOperands().getLast());
      case PATTERN_QUANTIFIER ->
          call.getOperands().get(1) instanceof RexLiteral least
                  && least.getValueAs(Integer.class) > 0
              ? lastOf(call.getOperands().getFirst())
              : null;
      default -> null;
    };
  }
}
