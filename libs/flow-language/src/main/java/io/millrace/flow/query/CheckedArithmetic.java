package io.millrace.flow.query;

import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Integers that overflow are an error of the event, not another number. */
final class CheckedArithmetic extends RexShuttle {

  private final RexBuilder rex;

  CheckedArithmetic(RexBuilder rex) {
    this.rex = rex;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    SqlTypeName type = call.getType().getSqlTypeName();
    if (type != SqlTypeName.INTEGER && type != SqlTypeName.BIGINT) {
      return visited;
    }
    SqlOperator checked =
        switch (call.getKind()) {
          case PLUS -> SqlStdOperatorTable.CHECKED_PLUS;
          case MINUS -> SqlStdOperatorTable.CHECKED_MINUS;
          case TIMES -> SqlStdOperatorTable.CHECKED_MULTIPLY;
          case MINUS_PREFIX -> SqlStdOperatorTable.CHECKED_UNARY_MINUS;
          default -> null;
        };
    if (checked == null) {
      return visited;
    }
    List<RexNode> operands = ((RexCall) visited).getOperands();
    return rex.makeCall(call.getType(), checked, operands);
  }
}
