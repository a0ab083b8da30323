package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.functions.WindowFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Finds what no query over streams can have, each at its place and with what to write in its stead.
 * What depends on types and on what the streams are is found when the query is compiled.
 */
final class Statefulness extends SqlBasicVisitor<Void> {

  private final Diagnostics diagnostics;
  private final Set<SqlNode> allowedSubQueries = new HashSet<>();
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

  private void later(SqlNode at, String what) {
    found = true;
    diagnostics.error(
        Code.NOT_YET_SUPPORTED, at.getParserPosition(), "not available in this version: " + what);
  }

  private void wrong(SqlNode at, String message) {
    found = true;
    diagnostics.error(Code.INVALID_QUERY, at.getParserPosition(), message);
  }

  @Override
  public Void visit(SqlDynamicParam param) {
    wrong(param, "a query has no parameters; write the value in place of the ?");
    return null;
  }

  @Override
  public Void visit(SqlCall call) {
    switch (call) {
      case SqlSelect select -> {
        return select(select);
      }
      case SqlOrderBy orderBy -> {
        order(orderBy);
        orderBy.query.accept(this);
        return null;
      }
      case SqlJoin join -> {
        join.getLeft().accept(this);
        join.getRight().accept(this);
        expression(join.getCondition());
        return null;
      }
      case SqlMatchRecognize match -> {
        match.getTableRef().accept(this);
        return null;
      }
      case SqlWith with -> {
        if (with.withList.stream().anyMatch(i -> ((SqlWithItem) i).recursive.booleanValue())) {
          later(with, "WITH RECURSIVE");
        }
      }
      case SqlWindow window -> window(window);
      default -> operator(call);
    }
    return super.visit(call);
  }

  private void order(SqlOrderBy orderBy) {
    if (orderBy.orderList != null && !orderBy.orderList.isEmpty()) {
      later(
          orderBy.orderList,
          "ORDER BY: a stream has no end to be sorted at. Number the rows of each window with"
              + " ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY …)");
    } else {
      later(
          orderBy.fetch != null ? orderBy.fetch : orderBy,
          "LIMIT, OFFSET and FETCH. Number the rows of each window with ROW_NUMBER() OVER"
              + " (PARTITION BY window_start, window_end ORDER BY …) and keep the first ones with"
              + " WHERE");
    }
  }

  private void window(SqlWindow window) {
    SqlNode upper = window.getUpperBound();
    SqlNode lower = window.getLowerBound();
    for (SqlNode bound : new SqlNode[] {lower, upper}) {
      if (bound != null && follows(bound)) {
        wrong(
            bound,
            "a frame ends with the current row, for what follows it has not come yet: BETWEEN …"
                + " PRECEDING AND CURRENT ROW");
      }
    }
  }

  private static boolean follows(SqlNode bound) {
    return SqlWindow.isUnboundedFollowing(bound)
        || (bound instanceof SqlCall call && call.getKind() == SqlKind.FOLLOWING);
  }

  private void operator(SqlCall call) {
    SqlKind kind = call.getKind();
    if (call.getOperator() instanceof SqlSetOperator set) {
      if (kind != SqlKind.UNION || !set.isAll()) {
        later(
            call,
            set.getName()
                + (kind == SqlKind.UNION
                    ? " without ALL, which has to remember every row; use UNION ALL, with SELECT"
                        + " DISTINCT around it where each row is to come once"
                    : ""));
      }
      return;
    }
    if (call.getOperator().isGroup() || call.getOperator().isGroupAuxiliary()) {
      wrong(
          call,
          "windows are table functions: FROM TABLE(TUMBLE(TABLE stream, DESCRIPTOR(ts), INTERVAL"
              + " '1' MINUTE)) GROUP BY window_start, window_end");
      return;
    }
    switch (kind) {
      case COLLECTION_TABLE -> tableFunction(call);
      case UNNEST -> later(call, "UNNEST");
      case LATERAL -> later(call, "LATERAL");
      case PIVOT, UNPIVOT -> later(call, kind.toString());
      case TABLESAMPLE -> later(call, "TABLESAMPLE");
      case SNAPSHOT -> later(call, "FOR SYSTEM_TIME AS OF; join a cache");
      case VALUES -> later(call, "VALUES");
      case GROUPING_SETS, CUBE, ROLLUP ->
          later(
              call,
              "GROUPING SETS, CUBE and ROLLUP; write a query for each grouping and put them"
                  + " together with UNION ALL");
      default -> {}
    }
  }

  private void tableFunction(SqlCall call) {
    if (call.operand(0) instanceof SqlCall function) {
      String name = function.getOperator().getName();
      List<String> known = WindowFunction.ALL.stream().map(WindowFunction::getName).toList();
      if (known.stream().noneMatch(name::equalsIgnoreCase)) {
        found = true;
        diagnostics.unknown(
            Code.UNKNOWN_FUNCTION,
            function.getParserPosition(),
            "there is no table function " + name + ".",
            name,
            known);
      }
    }
  }

  private Void select(SqlSelect select) {
    if (expressionDepth > 0 && !allowedSubQueries.contains(select)) {
      later(
          select,
          "a sub-query in an expression; use [NOT] EXISTS or IN in WHERE, join a cache, or put the"
              + " sub-query into FROM");
      return null;
    }
    int depth = expressionDepth;
    expressionDepth = 0;
    if (select.getQualify() != null) {
      later(select.getQualify(), "QUALIFY; put the query into FROM and use WHERE");
    }
    if (select.getFrom() != null) {
      select.getFrom().accept(this);
    }
    allow(select.getWhere());
    for (SqlNode part :
        new SqlNode[] {
          select.getSelectList(),
          select.getWhere(),
          select.getGroup(),
          select.getHaving(),
          select.getWindowList()
        }) {
      expression(part);
    }
    expressionDepth = depth;
    return null;
  }

  /** Sub-queries of EXISTS and IN may stand in the conjuncts of WHERE. */
  private void allow(SqlNode condition) {
    if (!(condition instanceof SqlCall call)) {
      return;
    }
    List<SqlNode> operands = call.getOperandList();
    switch (call.getKind()) {
      case AND, NOT -> operands.forEach(this::allow);
      case EXISTS, IN, NOT_IN -> allowedSubQueries.add(operands.get(operands.size() - 1));
      default -> {}
    }
  }

  private void expression(SqlNode node) {
    if (node != null) {
      expressionDepth++;
      node.accept(this);
      expressionDepth--;
    }
  }
}
