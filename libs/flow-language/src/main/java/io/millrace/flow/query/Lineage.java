package io.millrace.flow.query;

import io.millrace.flow.stateful.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Where the columns of a step come from. */
final class Lineage {

  private Lineage() {}

  /** What a column says of a row's window. */
  enum WindowPart {
    START,
    END,
    TIME,
    NONE
  }

  static WindowPart windowPart(Node node, int column) {
    return switch (node) {
      case Node.Leaf leaf -> WindowPart.NONE;
      case Node.Calc calc ->
          calc.projection().get(column) instanceof RexInputRef ref
              ? windowPart(calc.input(), ref.getIndex())
              : WindowPart.NONE;
      case Node.Union union -> {
        WindowPart first = windowPart(union.inputs().get(0), column);
        yield union.inputs().stream().allMatch(i -> windowPart(i, column) == first)
            ? first
            : WindowPart.NONE;
      }
      case Node.Windowed windowed -> {
        int own = column - windowed.input().row().getFieldCount();
        yield own >= 0 ? WindowPart.values()[own] : WindowPart.NONE;
      }
      case Node.WindowAggregate aggregate -> {
        int own = column - aggregate.keys().size();
        yield own >= 0 && own < 3 ? WindowPart.values()[own] : WindowPart.NONE;
      }
      case Node.AttachedAggregate aggregate ->
          column < aggregate.keys().size()
              ? windowPart(aggregate.input(), aggregate.keys().get(column))
              : WindowPart.NONE;
      case Node.GroupAggregate aggregate -> WindowPart.NONE;
      case Node.Over over -> ofInput(over.input(), column);
      case Node.WindowTop top -> ofInput(top.input(), column);
      case Node.Deduplicate deduplicate -> ofInput(deduplicate.input(), column);
      case Node.IntervalJoin join -> WindowPart.NONE;
      case Node.WindowJoin join -> {
        int width = join.left().row().getFieldCount();
        yield column < width
            ? (join.kind().generatesNullsOnLeft()
                ? WindowPart.NONE
                : windowPart(join.left(), column))
            : (join.kind().generatesNullsOnRight()
                ? WindowPart.NONE
                : windowPart(join.right(), column - width));
      }
      case Node.Match match -> WindowPart.NONE;
    };
  }

  private static WindowPart ofInput(Node input, int column) {
    return column < input.row().getFieldCount() ? windowPart(input, column) : WindowPart.NONE;
  }

  /**
   * The columns of the leaves that always have the value of a column.
   *
   * @param equal whether those count that have it because of a join's equality
   * @return by the leaf's index; null when the value is made on the way
   */
  static Map<Integer, Integer> sources(Node node, int column, boolean equal) {
    return switch (node) {
      case Node.Leaf leaf -> new TreeMap<>(Map.of(leaf.index(), column));
      case Node.Calc calc ->
          calc.projection().get(column) instanceof RexInputRef ref
              ? sources(calc.input(), ref.getIndex(), equal)
              : null;
      case Node.Union union -> {
        Map<Integer, Integer> all = new TreeMap<>();
        for (Node input : union.inputs()) {
          all = merge(all, sources(input, column, equal));
        }
        yield all;
      }
      case Node.Windowed n -> sourcesOfInput(n.input(), column, equal);
      case Node.WindowAggregate n -> sourcesOfKey(n.input(), n.keys(), column, equal);
      case Node.AttachedAggregate n -> sourcesOfKey(n.input(), n.keys(), column, equal);
      case Node.GroupAggregate n -> sourcesOfKey(n.input(), n.keys(), column, equal);
      case Node.Over n -> sourcesOfInput(n.input(), column, equal);
      case Node.WindowTop n -> sourcesOfInput(n.input(), column, equal);
      case Node.Deduplicate n -> sourcesOfInput(n.input(), column, equal);
      case Node.IntervalJoin n ->
          join(n.left(), n.right(), n.kind(), n.leftKeys(), n.rightKeys(), column, equal);
      case Node.WindowJoin n ->
          join(n.left(), n.right(), n.kind(), n.leftKeys(), n.rightKeys(), column, equal);
      case Node.Match n when !equal && isRowTime(n, column) -> sources(n.input(), n.time(), false);
      case Node.Match n -> sourcesOfKey(n.input(), n.partition(), column, equal);
    };
  }

  /** Whether a measure is the time of the match's last row. */
  private static boolean isRowTime(Node.Match match, int column) {
    String name = match.row().getFieldNames().get(column);
    RexNode measure = match.rel().getMeasures().get(name);
    while (measure instanceof RexCall call
        && (call.getKind() == SqlKind.FINAL || call.getKind() == SqlKind.CAST)) {
      measure = call.getOperands().get(0);
    }
    return measure instanceof RexCall last
        && last.getKind() == SqlKind.LAST
        && last.getOperands().get(0) instanceof RexPatternFieldRef ref
        && !isVariable(match.rel().getPattern(), ref.getAlpha())
        && ref.getIndex() == match.time()
        && last.getOperands().get(1) instanceof RexLiteral offset
        && RexLiteral.intValue(offset) == 0;
  }

  /** Columns that stand without a variable have another name before them. */
  private static boolean isVariable(RexNode pattern, String name) {
    return pattern instanceof RexCall call
        ? call.getOperands().stream().anyMatch(o -> isVariable(o, name))
        : pattern instanceof RexLiteral literal
            && literal.getTypeName() == SqlTypeName.CHAR
            && name.equals(literal.getValueAs(String.class));
  }

  private static Map<Integer, Integer> sourcesOfInput(Node input, int column, boolean equal) {
    return column < input.row().getFieldCount() ? sources(input, column, equal) : null;
  }

  private static Map<Integer, Integer> sourcesOfKey(
      Node input, List<Integer> keys, int column, boolean equal) {
    return column < keys.size() ? sources(input, keys.get(column), equal) : null;
  }

  private static Map<Integer, Integer> join(
      Node left,
      Node right,
      JoinRelType kind,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      int column,
      boolean equal) {
    int width = left.row().getFieldCount();
    boolean ofLeft = column < width;
    if (!equal) {
      return ofLeft ? sources(left, column, false) : sources(right, column - width, false);
    }
    if (ofLeft ? kind.generatesNullsOnLeft() : kind.generatesNullsOnRight()) {
      return null;
    }
    int key = ofLeft ? leftKeys.indexOf(column) : rightKeys.indexOf(column - width);
    return key < 0
        ? null
        : merge(sources(left, leftKeys.get(key), true), sources(right, rightKeys.get(key), true));
  }

  private static Map<Integer, Integer> merge(
      Map<Integer, Integer> some, Map<Integer, Integer> others) {
    if (some == null || others == null) {
      return null;
    }
    Map<Integer, Integer> all = new TreeMap<>(some);
    all.putAll(others);
    return all;
  }

  /** The leaves below a step. */
  static List<Integer> leaves(Node node) {
    List<Integer> leaves = new ArrayList<>();
    if (node instanceof Node.Leaf leaf) {
      leaves.add(leaf.index());
    }
    node.inputs().forEach(i -> leaves.addAll(leaves(i)));
    return leaves;
  }
}
