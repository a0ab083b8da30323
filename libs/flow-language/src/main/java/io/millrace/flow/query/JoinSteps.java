package io.millrace.flow.query;

import io.millrace.flow.query.Lineage.WindowPart;
import io.millrace.flow.stateful.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Joins of two streams: within an interval of time, or of equal windows. */
final class JoinSteps {

  private final PieceTools tools;

  JoinSteps(PieceTools tools) {
    this.tools = tools;
  }

  Piece join(Join join, Piece left, Piece right) {
    int width = left.row().getFieldCount();
    Sides sides = new Sides(left, right);
    List<RexNode> rest = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
      if (!sides.key(conjunct)) {
        rest.add(conjunct);
      }
    }
    Node leftNode = sides.node(left, sides.leftColumns);
    Node rightNode = sides.node(right, sides.rightColumns);
    int leftEnd = -1;
    int rightEnd = -1;
    boolean starts = false;
    for (int i = 0; i < sides.leftKeys.size(); i++) {
      WindowPart ofLeft = Lineage.windowPart(leftNode, sides.leftKeys.get(i));
      WindowPart ofRight = Lineage.windowPart(rightNode, sides.rightKeys.get(i));
      if (ofLeft == WindowPart.END && ofRight == WindowPart.END) {
        leftEnd = sides.leftKeys.get(i);
        rightEnd = sides.rightKeys.get(i);
      }
      starts |= ofLeft == WindowPart.START && ofRight == WindowPart.START;
    }
    RelDataType row = row(join, leftNode, rightNode);
    if (leftEnd >= 0 && starts) {
      return sides.project(
          join,
          new Node.WindowJoin(
              leftNode,
              rightNode,
              join.getJoinType(),
              sides.leftKeys,
              sides.rightKeys,
              leftEnd,
              rightEnd,
              sides.condition(rest, leftNode, rightNode),
              row));
    }
    boolean windowed = hasWindow(leftNode) && hasWindow(rightNode);
    Bounds bounds = Bounds.of(rest, sides.timeEqualities, width);
    if (bounds == null) {
      throw PieceTools.unsupported(
          windowed
              ? "a join of windows needs both bounds of the window in its condition: add AND"
                  + " a.window_start = b.window_start AND a.window_end = b.window_end"
              : "a join of two streams needs bounds in time, for it cannot remember every event:"
                  + " add AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '…' … to its condition, or join"
                  + " a cache");
    }
    rest.removeAll(bounds.used());
    return sides.project(
        join,
        new Node.IntervalJoin(
            leftNode,
            rightNode,
            join.getJoinType(),
            sides.leftKeys,
            sides.rightKeys,
            bounds.leftTime(),
            bounds.rightTime(),
            bounds.lower(),
            bounds.upper(),
            sides.condition(rest, leftNode, rightNode),
            row));
  }

  private static boolean hasWindow(Node node) {
    for (int i = 0; i < node.row().getFieldCount(); i++) {
      if (Lineage.windowPart(node, i) != WindowPart.NONE) {
        return true;
      }
    }
    return false;
  }

  private RelDataType row(Join join, Node left, Node right) {
    if (!join.getJoinType().projectsRight()) {
      return left.row();
    }
    RelDataType both = tools.row(left.row(), right.row());
    int width = left.row().getFieldCount();
    List<RelDataType> types = new ArrayList<>();
    both.getFieldList()
        .forEach(f -> {
          boolean outer =
              f.getIndex() < width
                  ? join.getJoinType().generatesNullsOnLeft()
                  : join.getJoinType().generatesNullsOnRight();
          types.add(
              outer
                  ? ((io.millrace.flow.type.FlowTypeFactory) types())
                      .enforceTypeWithNullability(f.getType(), true)
                  : f.getType());
        });
    return tools.row(both.getFieldNames(), types);
  }

  private RelDataTypeFactory types() {
    return tools.rex().getTypeFactory();
  }

  /** Both sides of a join, with the columns that its keys are. */
  private final class Sides {
    private final int width;
    private final List<RexNode> leftColumns = new ArrayList<>();
    private final List<RexNode> rightColumns = new ArrayList<>();
    private final List<Integer> leftKeys = new ArrayList<>();
    private final List<Integer> rightKeys = new ArrayList<>();
    private final List<RexNode> timeEqualities = new ArrayList<>();
    private final int rightWidth;

    Sides(Piece left, Piece right) {
      this.width = left.row().getFieldCount();
      this.rightWidth = right.row().getFieldCount();
      leftColumns.addAll(tools.rex().identityProjects(left.row()));
      rightColumns.addAll(tools.rex().identityProjects(right.row()));
    }

    /** Takes an equality of both sides as a key; whether it is one. */
    boolean key(RexNode conjunct) {
      if (!(conjunct instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
        return false;
      }
      RexNode a = call.getOperands().get(0);
      RexNode b = call.getOperands().get(1);
      ImmutableBitSet ofA = RelOptUtil.InputFinder.bits(a);
      ImmutableBitSet ofB = RelOptUtil.InputFinder.bits(b);
      if (ofA.isEmpty() || ofB.isEmpty()) {
        return false;
      }
      boolean ordered = ofA.length() <= width && ofB.nth(0) >= width;
      boolean swapped = ofB.length() <= width && ofA.nth(0) >= width;
      if (!ordered && !swapped) {
        return false;
      }
      if (TimeBound.isTime(a) && TimeBound.isTime(b)) {
        timeEqualities.add(conjunct);
      }
      RexNode left = ordered ? a : b;
      RexNode right = shifted(ordered ? b : a);
      RelDataType common = null;
      if (!SqlTypeUtil.equalSansNullability(types(), left.getType(), right.getType())) {
        common = types().leastRestrictive(List.of(left.getType(), right.getType()));
        if (common == null) {
          return false;
        }
      }
      leftKeys.add(put(common == null ? left : tools.cast(left, common), leftColumns));
      rightKeys.add(put(common == null ? right : tools.cast(right, common), rightColumns));
      return true;
    }

    private RexNode shifted(RexNode node) {
      return node.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              return new RexInputRef(ref.getIndex() - width, ref.getType());
            }
          });
    }

    private int put(RexNode column, List<RexNode> columns) {
      int at = columns.indexOf(column);
      if (at < 0) {
        columns.add(column);
        return columns.size() - 1;
      }
      return at;
    }

    Node node(Piece piece, List<RexNode> columns) {
      List<String> names = new ArrayList<>(piece.row().getFieldNames());
      while (names.size() < columns.size()) {
        names.add("key");
      }
      return columns.size() == piece.row().getFieldCount()
          ? piece.node(tools)
          : piece.calc(tools, null, columns, names).node(tools);
    }

    /** Conditions over the join's input as one over the columns of both steps. */
    RexNode condition(List<RexNode> conjuncts, Node left, Node right) {
      if (conjuncts.isEmpty()) {
        return null;
      }
      RelDataType both = tools.row(left.row(), right.row());
      int more = left.row().getFieldCount() - width;
      return tools.checked(
          RexUtil.composeConjunction(tools.rex(), conjuncts)
              .accept(
                  new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                      int index = ref.getIndex();
                      return tools.ref(both, index < width ? index : index + more);
                    }
                  }));
    }

    /** The columns of the join as it was written. */
    Piece project(Join join, Node node) {
      List<RexNode> columns = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        columns.add(tools.ref(node.row(), i));
      }
      if (join.getJoinType().projectsRight()) {
        for (int i = 0; i < rightWidth; i++) {
          columns.add(tools.ref(node.row(), leftColumns.size() + i));
        }
      }
      return new Piece.Step(node).calc(tools, null, columns, join.getRowType().getFieldNames());
    }
  }

  /**
   * How far the right time may be from the left one.
   *
   * @param used the conditions that say it
   */
  private record Bounds(int leftTime, int rightTime, long lower, long upper, List<RexNode> used) {

    /** The bounds that some conditions set; null when they do not set both for any two columns. */
    static Bounds of(List<RexNode> conditions, List<RexNode> equalities, int width) {
      Map<List<Integer>, List<TimeBound>> byColumns = new HashMap<>();
      List<List<Integer>> order = new ArrayList<>();
      for (RexNode condition : conditions) {
        collect(condition, width, byColumns, order);
      }
      for (RexNode equality : equalities) {
        collect(equality, width, byColumns, order);
      }
      for (List<Integer> columns : order) {
        long lower = Long.MIN_VALUE;
        long upper = Long.MAX_VALUE;
        List<RexNode> used = new ArrayList<>();
        for (TimeBound bound : byColumns.get(columns)) {
          lower = Math.max(lower, bound.lower());
          upper = Math.min(upper, bound.upper());
          used.add(bound.condition());
        }
        if (lower != Long.MIN_VALUE && upper != Long.MAX_VALUE) {
          return new Bounds(columns.get(0), columns.get(1) - width, lower, upper, used);
        }
      }
      return null;
    }

    private static void collect(
        RexNode condition,
        int width,
        Map<List<Integer>, List<TimeBound>> byColumns,
        List<List<Integer>> order) {
      TimeBound bound = TimeBound.of(condition, width);
      if (bound != null) {
        List<Integer> columns = List.of(bound.left(), bound.right());
        if (!byColumns.containsKey(columns)) {
          order.add(columns);
        }
        byColumns.computeIfAbsent(columns, c -> new ArrayList<>()).add(bound);
      }
    }
  }
}
