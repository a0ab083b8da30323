package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds what in a query needs memory of earlier events, or is otherwise of a later version. */
final class Statefulness extends SqlBasicVisitor<Void> {

  private static final Set<String> AGGREGATES = aggregates();

  private final Diagnostics diagnostics;
  private boolean found;
  private int expressionDepth;

  private Statefulness(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * Reports everything of the kind.
   *
   * @return whether there was anything
   */
  static boolean report(SqlNode query, Diagnostics diagnostics) {
    Statefulness finder = new Statefulness(diagnostics);
    query.accept(finder);
    return finder.found;
  }

  private static Set<String> aggregates() {
    Set<String> names = new HashSet<>();
    for (SqlOperator operator : FlowValidator.OPERATORS.getOperatorList()) {
      if (operator.isAggregator()) {
        names.add(operator.getName().toUpperCase(Locale.ROOT));
      }
    }
    return names;
  }

  private void later(SqlNode at, String what) {
    found = true;
    diagnostics.error(
        Code.NOT_YET_SUPPORTED, at.getParserPosition(), "not available in this version: " + what);
  }

  @Override
  public Void visit(SqlDynamicParam param) {
    found = true;
    diagnostics.error(
        Code.INVALID_QUERY,
        param.getParserPosition(),
        "a query has no parameters; write the value in place of the ?");
    return null;
  }

  @Override
  public Void visit(SqlCall call) {
    switch (call) {
      case SqlSelect select -> {
        return select(select);
      }
      case SqlOrderBy orderBy -> {
        if (orderBy.orderList != null && !orderBy.orderList.isEmpty()) {
          later(orderBy.orderList, "ORDER BY");
        } else {
          later(orderBy.fetch != null ? orderBy.fetch : orderBy, "LIMIT, OFFSET and FETCH");
        }
        orderBy.query.accept(this);
        return null;
      }
      case SqlJoin join -> {
        join.getLeft().accept(this);
        join.getRight().accept(this);
        expression(join.getCondition());
        return null;
      }
      case SqlWith with -> {
        if (with.withList.stream()
            .anyMatch(i -> ((org.apache.calcite.sql.SqlWithItem) i).recursive.booleanValue())) {
          later(with, "WITH RECURSIVE");
        }
      }
      case SqlCall over when over.getKind() == SqlKind.OVER -> {
        later(over, "OVER");
        return null;
      }
      default -> operator(call);
    }
    return super.visit(call);
  }

  private void operator(SqlCall call) {
    SqlKind kind = call.getKind();
    if (call.getOperator() instanceof SqlSetOperator set) {
      if (kind != SqlKind.UNION || !set.isAll()) {
        later(call, set.getName() + (kind == SqlKind.UNION ? " without ALL" : ""));
      }
      return;
    }
    switch (kind) {
      case MATCH_RECOGNIZE -> later(call, "MATCH_RECOGNIZE");
      case COLLECTION_TABLE -> later(call, "table functions and windows");
      case UNNEST -> later(call, "UNNEST");
      case LATERAL -> later(call, "LATERAL");
      case PIVOT, UNPIVOT -> later(call, kind.toString());
      case TABLESAMPLE -> later(call, "TABLESAMPLE");
      case SNAPSHOT -> later(call, "FOR SYSTEM_TIME AS OF");
      case VALUES -> later(call, "VALUES");
      default -> {
        if (call instanceof SqlBasicCall
            && AGGREGATES.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))
            && call.getOperator() instanceof org.apache.calcite.sql.SqlFunction) {
          later(
              call,
              "the aggregate function " + call.getOperator().getName().toUpperCase(Locale.ROOT));
        }
      }
    }
  }

  private Void select(SqlSelect select) {
    if (expressionDepth > 0) {
      later(select, "a sub-query in an expression; join a cache, or put the sub-query into FROM");
      return null;
    }
    if (select.isDistinct()) {
      later(select, "SELECT DISTINCT");
    }
    if (select.getGroup() != null) {
      later(select.getGroup().isEmpty() ? select : select.getGroup(), "GROUP BY");
    }
    if (select.getWindowList() != null && !select.getWindowList().isEmpty()) {
      later(select.getWindowList(), "WINDOW");
    }
    if (select.getQualify() != null) {
      later(select.getQualify(), "QUALIFY");
    }
    if (select.getFrom() != null) {
      select.getFrom().accept(this);
    }
    expression(select.getSelectList());
    expression(select.getWhere());
    expression(select.getHaving());
    return null;
  }

  private void expression(SqlNode node) {
    if (node != null) {
      expressionDepth++;
      node.accept(this);
      expressionDepth--;
    }
  }
}
