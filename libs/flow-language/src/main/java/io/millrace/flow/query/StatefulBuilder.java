package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.query.UnsupportedQueryException.Place;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Makes the steps of a stateful query of a relational tree. */
final class StatefulBuilder {

  private final PieceTools tools;
  private final AggregateSteps aggregates;
  private final OverSteps overs;
  private final JoinSteps joins;
  private final WindowSteps windows;
  private final MatchSteps matches;

  private StatefulBuilder(PieceTools tools, long retention) {
    this.tools = tools;
    this.aggregates = new AggregateSteps(tools, retention);
    this.overs = new OverSteps(tools);
    this.joins = new JoinSteps(tools);
    this.windows = new WindowSteps(tools);
    this.matches = new MatchSteps(tools);
  }

  /**
   * @param written without sub-queries in expressions
   * @param output what the columns are called in the end
   * @param parts the streams that hold the rows of leaves, by the leaf's index
   * @param retention how long what nothing else bounds is remembered, microseconds; 0: for ever
   * @throws UnsupportedQueryException if something in it cannot be run
   */
  static StatefulPlan build(
      RelNode written, RowType output, RexBuilder rex, Map<Integer, String> parts, long retention) {
    RelNode rel = StatefulRewrite.rewrite(written);
    PieceTools first = new PieceTools(rex, List.of(), parts);
    Node draft = new StatefulBuilder(first, retention).piece(rel).node(first);
    // The same once more, now that it is known by which columns the steps above the leaves go.
    PieceTools second = new PieceTools(rex, LeafTimes.of(draft, first.leaves()), parts);
    Node root = new StatefulBuilder(second, retention).piece(rel).node(second);
    Distribution distribution = Distribution.of(root);
    return new StatefulPlan(
        output,
        root,
        second.leaves(),
        distribution.columns(second.leaves().size()),
        distribution.outputs(root),
        rex);
  }

  private Piece piece(RelNode rel) {
    if (isStateless(rel)) {
      return new Piece.Stateless(rel);
    }
    return switch (rel) {
      case Filter filter -> filter(filter);
      case Project project when project.containsOver() -> over(project);
      case Project project ->
          piece(project.getInput())
              .calc(tools, null, project.getProjects(), project.getRowType().getFieldNames());
      case Aggregate aggregate -> aggregate(aggregate);
      case TableFunctionScan scan -> windowed(scan);
      case Join join -> join(join);
      case Union union -> union(union);
      case Match match -> match(match);
      case Sort sort ->
          throw later(
              sort.getCollation().getFieldCollations().isEmpty()
                  ? "LIMIT, OFFSET and FETCH; number the rows of each window with ROW_NUMBER()"
                      + " OVER (PARTITION BY window_start, window_end ORDER BY …) and keep the"
                      + " first ones with WHERE"
                  : "ORDER BY; a stream is in the order of its events");
      case Correlate correlate -> throw later("LATERAL and correlated sub-queries in FROM");
      case Values values ->
          throw PieceTools.unsupported(
              "a part of the query reads no stream; it needs FROM and a stream's name");
      default -> throw later(rel.getRelTypeName() + " in a query");
    };
  }

  private static UnsupportedQueryException later(String what) {
    return new UnsupportedQueryException(
        Code.NOT_YET_SUPPORTED, "not available in this version: " + what);
  }

  private Piece over(Project project) {
    Piece input = piece(project.getInput());
    return at(Place.OVER, () -> overs.over(project, input));
  }

  private Piece aggregate(Aggregate aggregate) {
    Piece input = piece(aggregate.getInput());
    return at(Place.GROUP, () -> aggregates.aggregate(aggregate, input));
  }

  private Piece windowed(TableFunctionScan scan) {
    if (scan.getInputs().size() > 1) {
      // The parts of a UNION or a WITH stand side by side here; what was between them is not known.
      throw PieceTools.unsupported(
              "windows over a UNION ALL or a WITH need a SELECT around it: TUMBLE((SELECT * FROM (…"
                  + " UNION ALL …)), …)")
          .at(Place.WINDOW);
    }
    Piece input = piece(scan.getInput(0));
    return at(Place.WINDOW, () -> windows.windowed(scan, input));
  }

  private Piece match(Match match) {
    Piece input = piece(match.getInput());
    return at(Place.MATCH, () -> matches.match(match, input));
  }

  /** Says of a fault which part of the query it is in. */
  private static <T> T at(Place place, Supplier<T> step) {
    try {
      return step.get();
    } catch (UnsupportedQueryException e) {
      throw e.at(place);
    }
  }

  private Piece filter(Filter filter) {
    if (filter.getInput() instanceof Project project && project.containsOver()) {
      Piece below = piece(project.getInput());
      Piece top = at(Place.OVER, () -> overs.top(filter, project, below));
      if (top != null) {
        return top;
      }
    }
    Piece input = piece(filter.getInput());
    return input.calc(
        tools,
        filter.getCondition(),
        List.copyOf(tools.rex().identityProjects(input.row())),
        input.row().getFieldNames());
  }

  private Piece join(Join join) {
    if (onlyCaches(join.getLeft()) || onlyCaches(join.getRight())) {
      throw PieceTools.unsupported(
          "a cache is joined with what a stateful query gives; put that query into a stream of its"
              + " own (CREATE STREAM … AS) and join the cache to it, or join the cache to the"
              + " stream before");
    }
    Piece left = piece(join.getLeft());
    Piece right = piece(join.getRight());
    return at(Place.JOIN, () -> joins.join(join, left, right));
  }

  private Piece union(Union union) {
    if (!union.all) {
      throw later("UNION without ALL, which has to remember every row; UNION ALL works");
    }
    RelDataType row =
        tools.row(
            union.getRowType().getFieldNames(),
            union.getRowType().getFieldList().stream().map(RelDataTypeField::getType).toList());
    List<Node> inputs = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      Piece piece = piece(input);
      List<RexNode> columns = new ArrayList<>();
      for (int i = 0; i < row.getFieldCount(); i++) {
        columns.add(tools.cast(tools.ref(piece.row(), i), row.getFieldList().get(i).getType()));
      }
      inputs.add(piece.calc(tools, null, columns, row.getFieldNames()).node(tools));
    }
    return new Piece.Step(new Node.Union(inputs, row));
  }

  /** Whether a tree is a query that enrichment can run by itself: one event at a time. */
  static boolean isStateless(RelNode rel) {
    return switch (rel) {
      case TableScan scan -> true;
      case Filter filter ->
          !RexUtil.SubQueryFinder.containsSubQuery(filter) && isStateless(filter.getInput());
      case Project project ->
          !project.containsOver()
              && !RexUtil.SubQueryFinder.containsSubQuery(project)
              && isStateless(project.getInput());
      case Union union ->
          union.all && union.getInputs().stream().allMatch(StatefulBuilder::isStateless);
      case Join join ->
          isStateless(join.getLeft())
              && isStateless(join.getRight())
              && (onlyCaches(join.getLeft()) || onlyCaches(join.getRight()));
      case Values values -> values.getTuples().isEmpty();
      default -> false;
    };
  }

  /** Whether a tree reads caches and nothing else. */
  static boolean onlyCaches(RelNode rel) {
    List<org.apache.calcite.plan.RelOptTable> tables = RelOptUtil.findAllTables(rel);
    return !tables.isEmpty()
        && tables.stream().allMatch(t -> t.unwrap(QueryTable.class).isCache())
        && isPlain(rel);
  }

  private static boolean isPlain(RelNode rel) {
    return rel instanceof TableScan
        || ((rel instanceof Filter || rel instanceof Project || rel instanceof Union)
            && rel.getInputs().stream().allMatch(StatefulBuilder::isPlain));
  }
}
