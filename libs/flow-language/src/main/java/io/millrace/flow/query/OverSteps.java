package io.millrace.flow.query;

import io.millrace.flow.query.Lineage.WindowPart;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;

/** OVER, top-N and deduplication. */
final class OverSteps {

  private static final Set<String> RANKS =
      Set.of("RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE");

  private final PieceTools tools;

  OverSteps(PieceTools tools) {
    this.tools = tools;
  }

  /** A projection with OVER in it. */
  Piece over(Project project, Piece input) {
    List<RexOver> calls = calls(project.getProjects());
    OverColumns columns = new OverColumns(tools, project, calls, input);
    Node node = columns.node();
    Map<RexOver, Integer> results = new LinkedHashMap<>();
    for (Map.Entry<Frame, List<RexOver>> frame : frames(calls).entrySet()) {
      node = step(node, columns, frame.getKey(), frame.getValue(), results);
    }
    return columns.project(node, results);
  }

  /** The calls, in an order that the order of the projection has no part in. */
  private static List<RexOver> calls(List<RexNode> projects) {
    Set<RexOver> calls = new LinkedHashSet<>();
    for (RexNode project : projects) {
      project.accept(
          new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitOver(RexOver over) {
              calls.add(over);
              return null;
            }
          });
    }
    return calls.stream().sorted(Comparator.comparing(RexNode::toString)).toList();
  }

  /**
   * What calls have in common that one step can compute.
   *
   * @param range as in {@link Node.Over}
   * @param rows likewise
   */
  private record Frame(List<RexNode> partition, RexNode time, long range, long rows) {
    boolean sameOrder(Frame other) {
      return partition.equals(other.partition) && time.equals(other.time);
    }
  }

  private static Map<Frame, List<RexOver>> frames(List<RexOver> calls) {
    Map<Frame, List<RexOver>> frames = new LinkedHashMap<>();
    List<RexOver> frameless = new ArrayList<>();
    for (RexOver call : calls) {
      check(call);
      if (isFrameless(call)) {
        frameless.add(call);
      } else {
        frames.computeIfAbsent(frame(call), f -> new ArrayList<>()).add(call);
      }
    }
    for (RexOver call : frameless) {
      Frame own = new Frame(call.getWindow().partitionKeys, time(call), Node.Over.UNBOUNDED, -1);
      Frame shared = frames.keySet().stream().filter(own::sameOrder).findFirst().orElse(own);
      frames.computeIfAbsent(shared, f -> new ArrayList<>()).add(call);
    }
    return frames;
  }

  private static String name(RexOver call) {
    return AggregateSteps.name(call.getAggOperator());
  }

  private static boolean isFrameless(RexOver call) {
    return call.getOperator().getKind() == SqlKind.ROW_NUMBER
        || call.getOperator().getKind() == SqlKind.LAG;
  }

  private static void check(RexOver call) {
    String name = name(call);
    if (name.equals("LEAD")) {
      throw PieceTools.unsupported(
          "LEAD looks at events that have not come yet; use LAG, or MATCH_RECOGNIZE");
    }
    if (RANKS.contains(name) || name.equals("NTH_VALUE")) {
      throw PieceTools.unsupported(name + " is not available; use ROW_NUMBER");
    }
    if (call.ignoreNulls()) {
      throw PieceTools.unsupported("IGNORE NULLS is not available");
    }
    if (call.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
      throw PieceTools.unsupported("EXCLUDE in a frame is not available");
    }
  }

  private static RexNode time(RexOver call) {
    List<RexFieldCollation> order = call.getWindow().orderKeys;
    if (order.size() != 1 || order.get(0).getDirection() != RelFieldCollation.Direction.ASCENDING) {
      throw PieceTools.unsupported(
          "OVER goes through the events in the order of their time: OVER (PARTITION BY … ORDER BY"
              + " the time column)");
    }
    return order.get(0).left;
  }

  private static Frame frame(RexOver call) {
    RexWindow window = call.getWindow();
    RexWindowBound lower = window.getLowerBound();
    RexNode time = time(call);
    if (!window.getUpperBound().isCurrentRow()) {
      throw PieceTools.unsupported(
          "a frame ends with the current row, for what follows it has not come yet: BETWEEN …"
              + " PRECEDING AND CURRENT ROW");
    }
    if (lower.isFollowing()) {
      throw PieceTools.unsupported("a frame cannot begin after the current row");
    }
    long length;
    if (lower.isUnbounded()) {
      length = Node.Over.UNBOUNDED;
    } else if (lower.isCurrentRow()) {
      length = 0;
    } else if (window.isRows()) {
      length = number(lower.getOffset(), "ROWS");
    } else {
      length = WindowSteps.micros(lower.getOffset(), "RANGE");
      if (length < 0) {
        throw PieceTools.unsupported("a frame cannot begin after the current row");
      }
    }
    return new Frame(
        window.partitionKeys, time, window.isRows() ? -1 : length, window.isRows() ? length : -1);
  }

  private static long number(RexNode node, String what) {
    if (node instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal value
        && value.signum() >= 0
        && value.stripTrailingZeros().scale() <= 0
        && value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
      return value.longValueExact();
    }
    throw PieceTools.unsupported(what + " needs a whole number that is written out");
  }

  private Node step(
      Node input,
      OverColumns columns,
      Frame frame,
      List<RexOver> calls,
      Map<RexOver, Integer> results) {
    int width = input.row().getFieldCount();
    List<Aggregation> aggregations = new ArrayList<>();
    List<String> names = new ArrayList<>(input.row().getFieldNames());
    List<RelDataType> types = new ArrayList<>();
    input.row().getFieldList().forEach(f -> types.add(f.getType()));
    for (RexOver call : calls) {
      List<Integer> arguments = columns.arguments(call);
      aggregations.add(
          new Aggregation(
              name(call),
              arguments,
              arguments.stream().map(types::get).toList(),
              call.isDistinct(),
              -1,
              List.of(),
              call.getType()));
      results.put(call, width + aggregations.size() - 1);
      names.add(name(call).toLowerCase(Locale.ROOT));
    }
    calls.forEach(c -> types.add(c.getType()));
    return new Node.Over(
        input,
        frame.partition().stream().map(columns::of).toList(),
        columns.of(frame.time()),
        frame.range(),
        frame.rows(),
        aggregations,
        tools.row(names, types));
  }

  /**
   * A condition on the number of a row: top-N of a window, or deduplication.
   *
   * @return null when the condition is not of that form
   */
  Piece top(Filter filter, Project project, Piece input) {
    List<RexOver> calls = calls(project.getProjects());
    if (calls.size() != 1) {
      return null;
    }
    RexOver call = calls.get(0);
    int column = project.getProjects().indexOf(call);
    if (RANKS.contains(name(call))) {
      check(call);
    }
    if (call.getOperator().getKind() != SqlKind.ROW_NUMBER || column < 0) {
      return null;
    }
    List<RexNode> rest = new ArrayList<>();
    long[] bounds = {1, Long.MAX_VALUE};
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      if (!RowNumberBounds.narrow(conjunct, column, bounds)) {
        rest.add(conjunct);
      }
    }
    OverColumns columns = new OverColumns(tools, project, calls, input);
    Node node = columns.node();
    Node numbered = numbered(node, columns, call, bounds);
    if (numbered == null) {
      return null;
    }
    Piece result = columns.project(numbered, Map.of(call, node.row().getFieldCount()));
    if (rest.isEmpty()) {
      return result;
    }
    return result.calc(
        tools,
        org.apache.calcite.rex.RexUtil.composeConjunction(tools.rex(), rest),
        List.copyOf(tools.rex().identityProjects(result.row())),
        result.row().getFieldNames());
  }

  private Node numbered(Node node, OverColumns columns, RexOver call, long[] bounds) {
    List<Integer> partition = call.getWindow().partitionKeys.stream().map(columns::of).toList();
    List<RelFieldCollation> order =
        call.getWindow().orderKeys.stream()
            .map(o ->
                new RelFieldCollation(columns.of(o.left), o.getDirection(), o.getNullDirection()))
            .toList();
    List<String> names = new ArrayList<>(node.row().getFieldNames());
    names.add("row_number");
    List<RelDataType> types = new ArrayList<>();
    node.row().getFieldList().forEach(f -> types.add(f.getType()));
    types.add(call.getType());
    RelDataType row = tools.row(names, types);
    int end =
        partition.stream()
            .filter(p -> Lineage.windowPart(node, p) == WindowPart.END)
            .findFirst()
            .orElse(-1);
    if (end >= 0) {
      if (bounds[1] == Long.MAX_VALUE) {
        throw PieceTools.unsupported(
            "the rows of a window are numbered only where WHERE bounds the number, such as row_num"
                + " <= 10");
      }
      if (order.isEmpty()) {
        throw PieceTools.unsupported("ROW_NUMBER needs ORDER BY in its OVER");
      }
      return new Node.WindowTop(node, partition, end, order, bounds[0], bounds[1], row);
    }
    boolean byTime =
        order.size() == 1
            && order.get(0).getDirection() == RelFieldCollation.Direction.ASCENDING
            && tools.isTime(node.row(), order.get(0).getFieldIndex());
    if (byTime && bounds[0] == 1 && bounds[1] == 1) {
      return new Node.Deduplicate(node, partition, order.get(0).getFieldIndex(), row);
    }
    if (!byTime) {
      throw PieceTools.unsupported(
          "a top-N without a window would have to take back what it has given out; number the rows"
              + " of a window: ROW_NUMBER() OVER (PARTITION BY window_start, window_end, … ORDER BY"
              + " …)");
    }
    return null;
  }
}
