package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Takes a relational tree of scans, projections, filters, joins and UNION ALL apart into branches,
 * by putting the expressions of each node into those above it.
 */
final class BranchBuilder {

  private final RexBuilder rex;
  private final RelDataTypeFactory types;

  BranchBuilder(RexBuilder rex) {
    this.rex = rex;
    this.types = rex.getTypeFactory();
  }

  List<Branch> build(RelNode root) {
    RelDataType output = root.getRowType();
    List<Branch> branches = new ArrayList<>();
    for (Flow flow : flatten(root)) {
      if (flow.isCache()) {
        throw new UnsupportedQueryException(
            Code.INVALID_QUERY,
            "the query reads cache "
                + flow.source.name()
                + " and no stream; a query needs a stream whose events drive it");
      }
      branches.add(flow.toBranch(output));
    }
    return branches;
  }

  private List<Flow> flatten(RelNode node) {
    return flatten(node, List.of());
  }

  /**
   * @param above conditions of the nodes above, over this node's columns
   */
  private List<Flow> flatten(RelNode node, List<RexNode> above) {
    return switch (node) {
      case TableScan scan -> filtered(List.of(scan(scan)), above);
      case Filter filter -> {
        List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(filter.getCondition()));
        all.addAll(above);
        yield flatten(filter.getInput(), all);
      }
      case Project project -> project(project, above);
      case Join join -> join(join, above);
      case Union union -> filtered(union(union), above);
      case Values values when values.getTuples().isEmpty() -> List.of();
      case Values values ->
          throw new UnsupportedQueryException(
              Code.INVALID_QUERY, "the query reads no stream; it needs FROM and a stream's name");
      default ->
          throw new UnsupportedQueryException(
              Code.NOT_YET_SUPPORTED,
              "not available in this version: " + node.getRelTypeName() + " in a query");
    };
  }

  private List<Flow> filtered(List<Flow> flows, List<RexNode> conditions) {
    RexNode condition = RexUtil.composeConjunction(rex, conditions, true);
    return condition == null ? flows : flows.stream().map(f -> f.filter(condition)).toList();
  }

  private List<Flow> project(Project project, List<RexNode> above) {
    List<RexNode> projects = project.getProjects();
    boolean deterministic = projects.stream().allMatch(RexUtil::isDeterministic);
    List<RexNode> below =
        deterministic ? above.stream().map(c -> substitute(c, projects)).toList() : List.of();
    List<Flow> flows =
        flatten(project.getInput(), below).stream().map(f -> f.project(projects)).toList();
    return deterministic ? flows : filtered(flows, above);
  }

  private Flow scan(TableScan scan) {
    QueryTable table = scan.getTable().unwrap(QueryTable.class);
    RelDataType row = scan.getRowType();
    return new Flow(table, List.of(), row, List.copyOf(rex.identityProjects(row)), Map.of());
  }

  private List<Flow> union(Union union) {
    if (!union.all) {
      throw new UnsupportedQueryException(
          Code.NOT_YET_SUPPORTED,
          "not available in this version: UNION without ALL, which has to remember every row;"
              + " UNION ALL works");
    }
    List<Flow> flows = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      flows.addAll(flatten(input));
    }
    return flows;
  }

  private List<Flow> join(Join join, List<RexNode> above) {
    int leftSize = join.getLeft().getRowType().getFieldCount();
    int rightSize = join.getRight().getRowType().getFieldCount();
    JoinRelType kind = join.getJoinType();
    if (Asking.isIn(join.getCondition())) {
      throw new UnsupportedQueryException(
          Code.INVALID_QUERY, "PREDICT cannot be asked in a join's condition; put it into WHERE");
    }
    List<RexNode> condition = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
    List<RexNode> toLeft = new ArrayList<>();
    List<RexNode> after = new ArrayList<>();
    if (kind == JoinRelType.INNER) {
      condition.addAll(above);
      // FROM a, b, c WHERE ...: what concerns a and b alone belongs to their join.
      condition.removeIf(c -> readsOnly(c, leftSize) && toLeft.add(c));
    } else {
      after.addAll(above);
      if (kind == JoinRelType.LEFT) {
        after.removeIf(c -> readsOnly(c, leftSize) && toLeft.add(c));
      }
    }
    List<Flow> left = flatten(join.getLeft(), toLeft);
    List<Flow> right = flatten(join.getRight());
    if (left.isEmpty() || (right.isEmpty() && kind == JoinRelType.INNER)) {
      return List.of();
    }
    boolean leftIsCache = left.stream().anyMatch(Flow::isCache);
    boolean rightIsCache = right.stream().anyMatch(Flow::isCache);
    if (rightIsCache && !leftIsCache) {
      return filtered(lookups(left, single(right), kind, condition, false), after);
    }
    if (leftIsCache && !rightIsCache) {
      // The same join seen from the stream: columns and kind change sides.
      List<RexNode> swapped = condition.stream().map(c -> swap(c, leftSize, rightSize)).toList();
      return filtered(lookups(right, single(left), mirrored(kind), swapped, true), after);
    }
    if (leftIsCache) {
      throw new UnsupportedQueryException(
          Code.INVALID_QUERY,
          "two caches are joined with each other before a stream; begin FROM with the stream and"
              + " join the caches to it one after the other");
    }
    throw new UnsupportedQueryException(
        Code.NOT_YET_SUPPORTED, "not available in this version: a join of two streams");
  }

  private static boolean readsOnly(RexNode condition, int columns) {
    return RexUtil.isDeterministic(condition)
        && RelOptUtil.InputFinder.bits(condition).length() <= columns;
  }

  private static JoinRelType mirrored(JoinRelType kind) {
    return switch (kind) {
      case LEFT -> JoinRelType.RIGHT;
      case RIGHT -> JoinRelType.LEFT;
      default -> kind;
    };
  }

  private static Flow single(List<Flow> cache) {
    if (cache.size() != 1) {
      throw new UnsupportedQueryException(
          Code.INVALID_QUERY,
          "a UNION ALL of caches is no cache; join each of them to the stream by itself");
    }
    return cache.get(0);
  }

  private RexNode swap(RexNode condition, int leftSize, int rightSize) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            int index = ref.getIndex();
            return new RexInputRef(
                index < leftSize ? index + rightSize : index - leftSize, ref.getType());
          }
        });
  }

  private List<Flow> lookups(
      List<Flow> streams,
      Flow cache,
      JoinRelType kind,
      List<RexNode> condition,
      boolean cacheFirst) {
    if (kind != JoinRelType.INNER && kind != JoinRelType.LEFT) {
      throw new UnsupportedQueryException(
          Code.INVALID_QUERY,
          "a "
              + kind
              + " JOIN with cache "
              + cache.source.name()
              + " would have to give the cache's rows without an event; use JOIN or LEFT JOIN");
    }
    List<Flow> joined = new ArrayList<>();
    for (Flow stream : streams) {
      joined.add(lookup(stream, cache, kind == JoinRelType.LEFT, condition, cacheFirst));
    }
    return joined;
  }

  private Flow lookup(
      Flow stream, Flow cache, boolean outer, List<RexNode> condition, boolean cacheFirst) {
    int offset = stream.row.getFieldCount();
    RelDataType found = nullableIf(cache.row, outer);
    // Expressions over the cache's row, moved behind the stream's.
    List<RexNode> cacheOutputs =
        cache.outputs.stream().map(e -> shift(e, offset, cache.row)).toList();
    List<RexNode> both = new ArrayList<>(stream.outputs);
    both.addAll(cacheOutputs);
    List<RexNode> conjuncts = new ArrayList<>();
    for (Step step : cache.steps) {
      conjuncts.addAll(
          RelOptUtil.conjunctions(shift(((Step.Filter) step).condition(), offset, cache.row)));
    }
    condition.forEach(c -> conjuncts.addAll(RelOptUtil.conjunctions(substitute(c, both))));
    Step.Lookup step =
        new LookupKeys(rex, cache.source.cache(), cache.row, offset).lookup(conjuncts, outer);

    RelDataTypeFactory.Builder row = types.builder();
    row.addAll(stream.row.getFieldList());
    row.addAll(found.getFieldList());
    List<Step> steps = new ArrayList<>(stream.steps);
    steps.add(step);
    List<RexNode> cacheColumns =
        cache.outputs.stream().map(e -> afterLookup(e, cache, offset, found, outer)).toList();
    List<RexNode> outputs = new ArrayList<>();
    if (cacheFirst) {
      outputs.addAll(cacheColumns);
      outputs.addAll(stream.outputs);
    } else {
      outputs.addAll(stream.outputs);
      outputs.addAll(cacheColumns);
    }
    return new Flow(stream.source, steps, row.build(), outputs, stream.asked);
  }

  /** What a column of the cache's side is after an outer look-up: NULL when there was a miss. */
  private RexNode afterLookup(
      RexNode output, Flow cache, int offset, RelDataType found, boolean outer) {
    RexNode shifted = shift(output, offset, found);
    if (!outer || output instanceof RexInputRef) {
      return shifted;
    }
    int key = cache.row.getFieldNames().indexOf(cache.source.cache().key().get(0));
    RexNode hit =
        rex.makeCall(
            SqlStdOperatorTable.IS_NOT_NULL,
            new RexInputRef(offset + key, found.getFieldList().get(key).getType()));
    RelDataType nullable = types.createTypeWithNullability(shifted.getType(), true);
    return rex.makeCall(
        nullable, SqlStdOperatorTable.CASE, List.of(hit, shifted, rex.makeNullLiteral(nullable)));
  }

  private RelDataType nullableIf(RelDataType row, boolean outer) {
    if (!outer) {
      return row;
    }
    RelDataTypeFactory.Builder builder = types.builder();
    row.getFieldList()
        .forEach(
            f -> builder.add(f.getName(), types.enforceTypeWithNullability(f.getType(), true)));
    return builder.build();
  }

  private static RexNode shift(RexNode node, int offset, RelDataType row) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(
                ref.getIndex() + offset, row.getFieldList().get(ref.getIndex()).getType());
          }
        });
  }

  private RexNode substitute(RexNode node, List<RexNode> values) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return values.get(ref.getIndex());
          }
        });
  }

  /**
   * A branch that is being built.
   *
   * @param outputs the columns of the node that it stands for, over {@code row}
   * @param asked where the answers of models stand in {@code row}, by the question
   */
  private final class Flow {
    private final QueryTable source;
    private final List<Step> steps;
    private final RelDataType row;
    private final List<RexNode> outputs;
    private final Map<String, Integer> asked;

    Flow(
        QueryTable source,
        List<Step> steps,
        RelDataType row,
        List<RexNode> outputs,
        Map<String, Integer> asked) {
      this.source = source;
      this.steps = steps;
      this.row = row;
      this.outputs = outputs;
      this.asked = asked;
    }

    boolean isCache() {
      return source.isCache();
    }

    Flow project(List<RexNode> projects) {
      List<RexNode> values = projects.stream().map(e -> substitute(e, outputs)).toList();
      if (values.stream().noneMatch(Asking::isIn)) {
        return new Flow(source, steps, row, values, asked);
      }
      Asking asking = asking();
      List<RexNode> answers = values.stream().map(e -> e.accept(asking)).toList();
      return new Flow(source, asking.steps(), asking.row(), answers, asking.asked());
    }

    Flow filter(RexNode condition) {
      RexNode value = substitute(condition, outputs);
      if (!Asking.isIn(value)) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step.Filter(value));
        return new Flow(source, more, row, outputs, asked);
      }
      Asking asking = asking();
      RexNode answer = value.accept(asking);
      asking.steps().add(new Step.Filter(answer));
      return new Flow(source, asking.steps(), asking.row(), outputs, asking.asked());
    }

    private Asking asking() {
      if (isCache()) {
        throw new UnsupportedQueryException(
            Code.INVALID_QUERY,
            "PREDICT is asked about the rows of cache "
                + source.name()
                + " before it is joined; ask about the events of the stream");
      }
      return new Asking(rex, steps, row, asked);
    }

    Branch toBranch(RelDataType output) {
      List<RexNode> projection = new ArrayList<>(outputs.size());
      CheckedArithmetic checked = new CheckedArithmetic(rex);
      for (int i = 0; i < outputs.size(); i++) {
        RelDataType wanted = output.getFieldList().get(i).getType();
        RexNode value = outputs.get(i);
        if (!sameButNull(wanted, value.getType())) {
          value =
              rex.makeCast(
                  types.createTypeWithNullability(wanted, value.getType().isNullable()), value);
        }
        projection.add(value.accept(checked));
      }
      return new Branch(
          source.name(), FilterPlacement.place(rex, steps, scanSize(), checked), row, projection);
    }

    private int scanSize() {
      return source.getRowType(types).getFieldCount();
    }
  }

  private boolean sameButNull(RelDataType a, RelDataType b) {
    return types
        .enforceTypeWithNullability(a, true)
        .equals(types.enforceTypeWithNullability(b, true));
  }
}
