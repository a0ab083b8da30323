package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Makes semi joins of EXISTS and IN in WHERE, and anti joins of their negations. */
final class SubQueryJoins {

  private final RexBuilder rex;

  SubQueryJoins(RexBuilder rex) {
    this.rex = rex;
  }

  RelNode rewrite(RelNode rel) {
    List<RelNode> inputs = rel.getInputs().stream().map(this::rewrite).toList();
    RelNode node = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
    if (node instanceof Filter filter && RexUtil.SubQueryFinder.containsSubQuery(filter)) {
      return filter(filter);
    }
    if ((node instanceof Project project && RexUtil.SubQueryFinder.containsSubQuery(project))
        || (node instanceof org.apache.calcite.rel.core.Join join
            && RexUtil.SubQueryFinder.containsSubQuery(join))) {
      throw unsupported("a sub-query in an expression");
    }
    return node;
  }

  private RelNode filter(Filter filter) {
    List<RexNode> plain = new ArrayList<>();
    List<RexNode> nested = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      (RexUtil.SubQueryFinder.find(conjunct) == null ? plain : nested).add(conjunct);
    }
    RelNode result = filter.getInput();
    if (!plain.isEmpty()) {
      result = LogicalFilter.create(result, RexUtil.composeConjunction(rex, plain));
    }
    for (RexNode conjunct : nested) {
      boolean negated = conjunct.isA(SqlKind.NOT);
      RexNode inner = negated ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
      if (!(inner instanceof RexSubQuery query)
          || (query.getKind() != SqlKind.EXISTS && query.getKind() != SqlKind.IN)) {
        throw unsupported("a sub-query in an expression");
      }
      result = join(result, query, negated);
    }
    return result;
  }

  private RelNode join(RelNode left, RexSubQuery query, boolean negated) {
    int width = left.getRowType().getFieldCount();
    RelNode right = rewrite(query.rel);
    List<RexNode> values = List.copyOf(rex.identityProjects(right.getRowType()));
    if (right instanceof Project project) {
      values = project.getProjects();
      right = project.getInput();
    }
    List<RexNode> condition = new ArrayList<>();
    List<RexNode> own = new ArrayList<>();
    while (right instanceof Filter filter) {
      for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
        if (RexUtil.containsCorrelation(conjunct)) {
          condition.add(correlated(conjunct, width, left.getRowType()));
        } else {
          own.add(conjunct);
        }
      }
      right = filter.getInput();
    }
    if (!own.isEmpty()) {
      right = LogicalFilter.create(right, RexUtil.composeConjunction(rex, own));
    }
    if (!RelOptUtil.getVariablesUsed(right).isEmpty()) {
      throw unsupported("a sub-query that refers to the outer query elsewhere than in its WHERE");
    }
    if (query.getKind() == SqlKind.IN) {
      for (int i = 0; i < query.getOperands().size(); i++) {
        RexNode operand = query.getOperands().get(i);
        RexNode value = correlated(values.get(i), width, left.getRowType());
        if (negated && (operand.getType().isNullable() || value.getType().isNullable())) {
          throw new UnsupportedQueryException(
              Code.INVALID_QUERY,
              "NOT IN is never true once a value is NULL; write NOT EXISTS (SELECT … WHERE …)");
        }
        condition.add(rex.makeCall(SqlStdOperatorTable.EQUALS, operand, value));
      }
    }
    RexNode all = RexUtil.composeConjunction(rex, condition);
    if (StatefulBuilder.onlyCaches(right)) {
      return lookup(left, right, all, negated);
    }
    return LogicalJoin.create(
        left, right, List.of(), all, Set.of(), negated ? JoinRelType.ANTI : JoinRelType.SEMI);
  }

  /** A cache is joined on its whole key, so there is at most one row: a plain join says it. */
  private RelNode lookup(RelNode left, RelNode cache, RexNode condition, boolean negated) {
    int width = left.getRowType().getFieldCount();
    RelNode joined =
        LogicalJoin.create(
            left,
            cache,
            List.of(),
            condition,
            Set.of(),
            negated ? JoinRelType.LEFT : JoinRelType.INNER);
    List<RexNode> columns =
        rex.identityProjects(joined.getRowType()).subList(0, width).stream()
            .map(RexNode.class::cast)
            .toList();
    if (negated) {
      QueryTable table = RelOptUtil.findAllTables(cache).get(0).unwrap(QueryTable.class);
      int key = cache.getRowType().getFieldNames().indexOf(table.cache().key().get(0));
      joined =
          LogicalFilter.create(
              joined,
              rex.makeCall(
                  SqlStdOperatorTable.IS_NULL, rex.makeInputRef(joined, width + Math.max(0, key))));
    }
    return LogicalProject.create(
        joined, List.of(), columns, left.getRowType().getFieldNames(), Set.of());
  }

  /** An expression of the sub-query over the columns of both sides. */
  private static RexNode correlated(RexNode node, int width, RelDataType outer) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(ref.getIndex() + width, ref.getType());
          }

          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable) {
              int index = access.getField().getIndex();
              return new RexInputRef(index, outer.getFieldList().get(index).getType());
            }
            return super.visitFieldAccess(access);
          }
        });
  }

  private static UnsupportedQueryException unsupported(String what) {
    return new UnsupportedQueryException(
        Code.NOT_YET_SUPPORTED,
        "not available in this version: "
            + what
            + "; use EXISTS or IN in WHERE, join a cache, or put the sub-query into FROM");
  }
}
