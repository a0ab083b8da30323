package io.millrace.flow.query;

import io.millrace.flow.functions.MillraceFunctions;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * The parser makes PERCENTILE_CONT the function of Calcite, which gives whole numbers between whole
 * numbers: here it becomes the language's own.
 */
final class OwnPercentiles extends SqlShuttle {

  private static final SqlOperator OWN =
      MillraceFunctions.aggregates().stream()
          .flatMap(definition -> definition.operators().stream())
          .filter(operator -> operator.getName().equals("PERCENTILE_CONT"))
          .findFirst()
          .orElseThrow();

  static SqlNode rewrite(SqlNode query) {
    return query.accept(new OwnPercentiles());
  }

  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    return visited instanceof SqlCall outer
            && outer.getOperator().equals(SqlStdOperatorTable.PERCENTILE_CONT)
        ? OWN.createCall(
            outer.getFunctionQuantifier(), outer.getParserPosition(), outer.getOperandList())
        : visited;
  }
}
