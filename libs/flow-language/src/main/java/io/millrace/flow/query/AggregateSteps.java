package io.millrace.flow.query;

import io.millrace.flow.query.Lineage.WindowPart;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;

/** GROUP BY and SELECT DISTINCT. */
final class AggregateSteps {

  private static final int WINDOW_COLUMNS = 3;

  private final PieceTools tools;
  private final long retention;

  /**
   * @param retention how long keys without a window are remembered, microseconds; 0: for ever
   */
  AggregateSteps(PieceTools tools, long retention) {
    this.tools = tools;
    this.retention = retention;
  }

  Piece aggregate(Aggregate aggregate, Piece input) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw PieceTools.unsupported(
          "GROUPING SETS, CUBE and ROLLUP are not available; write a query for each grouping and"
              + " put them together with UNION ALL");
    }
    if (input instanceof Piece.InWindows windows) {
      Piece step = inWindow(aggregate, windows);
      if (step != null) {
        return step;
      }
    }
    legacy(aggregate, input);
    Node node = input.node(tools);
    List<Integer> keys = aggregate.getGroupSet().asList();
    List<Aggregation> calls =
        aggregate.getAggCallList().stream().map(c -> call(c, node.row(), null)).toList();
    RelDataType row = row(node.row(), keys, calls, aggregate.getRowType().getFieldNames());
    int start = part(node, keys, WindowPart.START);
    int end = part(node, keys, WindowPart.END);
    if (start >= 0 && end >= 0) {
      return new Piece.Step(new Node.AttachedAggregate(node, end, keys, calls, row));
    }
    if (start >= 0 || end >= 0 || part(node, keys, WindowPart.TIME) >= 0) {
      throw PieceTools.unsupported(
          "a grouping by window needs both its bounds: GROUP BY window_start, window_end");
    }
    return new Piece.Step(new Node.GroupAggregate(node, keys, calls, retention, row));
  }

  private static int part(Node node, List<Integer> keys, WindowPart part) {
    return keys.stream().filter(k -> Lineage.windowPart(node, k) == part).findFirst().orElse(-1);
  }

  private static void legacy(Aggregate aggregate, Piece input) {
    if (input instanceof Piece.Stateless stateless
        && stateless.rel() instanceof org.apache.calcite.rel.core.Project project) {
      for (int key : aggregate.getGroupSet()) {
        if (project.getProjects().get(key) instanceof RexCall call
            && call.getOperator().isGroup()) {
          throw PieceTools.unsupported(
              "windows are table functions: FROM TABLE(TUMBLE(TABLE stream, DESCRIPTOR(ts),"
                  + " INTERVAL '1' MINUTE)) GROUP BY window_start, window_end");
        }
      }
    }
  }

  private RelDataType row(
      RelDataType input, List<Integer> keys, List<Aggregation> calls, List<String> names) {
    List<RelDataType> types = new ArrayList<>();
    keys.forEach(k -> types.add(input.getFieldList().get(k).getType()));
    calls.forEach(c -> types.add(c.type()));
    return tools.row(names, types);
  }

  /** The name that engines know a function by. */
  static String name(SqlAggFunction function) {
    String name = function.getName().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "STDDEV" -> "STDDEV_SAMP";
      case "VARIANCE" -> "VAR_SAMP";
      default -> name;
    };
  }

  /**
   * @param columns where the columns of the call's input are now; null: where they were
   */
  private static Aggregation call(AggregateCall call, RelDataType input, List<Integer> columns) {
    String name = name(call.getAggregation());
    if (call.ignoreNulls()) {
      throw PieceTools.unsupported(
          "IGNORE NULLS is not available; use FILTER (WHERE … IS NOT NULL)");
    }
    List<Integer> arguments =
        call.getArgList().stream().map(a -> columns == null ? a : columns.get(a)).toList();
    List<RelFieldCollation> order =
        call.getCollation().getFieldCollations().stream()
            .map(c -> columns == null ? c : c.withFieldIndex(columns.get(c.getFieldIndex())))
            .toList();
    int filter =
        call.filterArg < 0 || columns == null ? call.filterArg : columns.get(call.filterArg);
    return new Aggregation(
        name,
        arguments,
        arguments.stream().map(a -> input.getFieldList().get(a).getType()).toList(),
        call.isDistinct(),
        filter,
        order,
        call.getType());
  }

  /** The aggregation together with its window; null when it is not of that form. */
  private Piece inWindow(Aggregate aggregate, Piece.InWindows windows) {
    int width = windows.input().row().getFieldCount();
    List<RexNode> columns = windows.projection();
    List<Integer> keys = new ArrayList<>();
    int[] bounds = new int[WINDOW_COLUMNS];
    for (int key : aggregate.getGroupSet()) {
      if (columns.get(key) instanceof RexInputRef ref && ref.getIndex() >= width) {
        bounds[ref.getIndex() - width]++;
      } else {
        keys.add(key);
      }
    }
    List<Integer> needed = new ArrayList<>(keys);
    for (AggregateCall call : aggregate.getAggCallList()) {
      needed.addAll(call.getArgList());
      call.getCollation().getFieldCollations().forEach(c -> needed.add(c.getFieldIndex()));
      if (call.filterArg >= 0) {
        needed.add(call.filterArg);
      }
    }
    boolean beforeWindow =
        bounds[0] > 0
            && bounds[1] > 0
            && readsOnly(windows.condition(), width)
            && needed.stream().allMatch(c -> readsOnly(columns.get(c), width));
    if (!beforeWindow || !sessionFits(windows, keys)) {
      return null;
    }
    return step(aggregate, windows, keys, needed);
  }

  private static boolean readsOnly(RexNode node, int width) {
    return node == null || RelOptUtil.InputFinder.bits(node).length() <= width;
  }

  /** Sessions are of the rows before any condition, and of their own keys. */
  private static boolean sessionFits(Piece.InWindows windows, List<Integer> keys) {
    if (!(windows.window() instanceof Window.Session session)) {
      return true;
    }
    HashSet<Integer> grouped = new HashSet<>();
    for (int key : keys) {
      if (!(windows.projection().get(key) instanceof RexInputRef ref)) {
        return false;
      }
      grouped.add(ref.getIndex());
    }
    return windows.condition() == null && grouped.equals(new HashSet<>(session.keys()));
  }

  private Piece step(
      Aggregate aggregate, Piece.InWindows windows, List<Integer> keys, List<Integer> needed) {
    RelDataType before = windows.input().row();
    List<RexNode> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Integer> to = new ArrayList<>();
    for (int i = 0; i < windows.projection().size(); i++) {
      to.add(needed.contains(i) ? put(windows.projection().get(i), columns) : -1);
      if (columns.size() > names.size()) {
        names.add(windows.row().getFieldNames().get(i));
      }
    }
    int time = put(tools.ref(before, windows.time()), columns);
    if (columns.size() > names.size()) {
      names.add(before.getFieldNames().get(windows.time()));
    }
    Node input = windows.input().calc(tools, windows.condition(), columns, names).node(tools);
    List<Integer> keyColumns = keys.stream().map(to::get).toList();
    List<Aggregation> calls =
        aggregate.getAggCallList().stream().map(c -> call(c, input.row(), to)).toList();
    Window window =
        windows.window() instanceof Window.Session session
            ? new Window.Session(session.gap(), keyColumns)
            : windows.window();
    return ordered(
        aggregate,
        windows,
        keys,
        new Node.WindowAggregate(
            input,
            window,
            time,
            keyColumns,
            calls,
            windowRow(aggregate, windows, keys, input.row(), keyColumns, calls)));
  }

  private RelDataType windowRow(
      Aggregate aggregate,
      Piece.InWindows windows,
      List<Integer> keys,
      RelDataType input,
      List<Integer> keyColumns,
      List<Aggregation> calls) {
    List<String> names = new ArrayList<>();
    List<RelDataType> types = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      names.add(windows.row().getFieldNames().get(keys.get(i)));
      types.add(input.getFieldList().get(keyColumns.get(i)).getType());
    }
    List<RelDataTypeField> all = windows.windowed().getFieldList();
    for (RelDataTypeField field : all.subList(all.size() - WINDOW_COLUMNS, all.size())) {
      names.add(field.getName());
      types.add(field.getType());
    }
    List<String> given = aggregate.getRowType().getFieldNames();
    names.addAll(given.subList(aggregate.getGroupCount(), given.size()));
    calls.forEach(c -> types.add(c.type()));
    return tools.row(names, types);
  }

  /** The step's columns in the order of the aggregate's. */
  private Piece ordered(
      Aggregate aggregate, Piece.InWindows windows, List<Integer> keys, Node.WindowAggregate step) {
    int width = windows.input().row().getFieldCount();
    List<RexNode> columns = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      int at = keys.indexOf(key);
      if (at < 0) {
        at = keys.size() + ((RexInputRef) windows.projection().get(key)).getIndex() - width;
      }
      columns.add(tools.ref(step.row(), at));
    }
    for (int i = 0; i < step.aggregations().size(); i++) {
      columns.add(tools.ref(step.row(), keys.size() + WINDOW_COLUMNS + i));
    }
    return new Piece.Step(step).calc(tools, null, columns, aggregate.getRowType().getFieldNames());
  }

  private static int put(RexNode column, List<RexNode> columns) {
    int at = columns.indexOf(column);
    if (at < 0) {
      columns.add(column);
      return columns.size() - 1;
    }
    return at;
  }
}
