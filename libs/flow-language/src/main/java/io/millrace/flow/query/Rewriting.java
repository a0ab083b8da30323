package io.millrace.flow.query;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Writes what Calcite does not know in its own terms, before validation:
 *
 * <ul>
 *   <li>{@code SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), gap)} as {@code SESSION(TABLE t,
 *       DESCRIPTOR(ts), gap, DESCRIPTOR(k))}
 *   <li>{@code MATCH_ROWTIME()} as {@code LAST(ts)}, the column that MATCH_RECOGNIZE is ordered by
 * </ul>
 */
final class Rewriting extends SqlShuttle {

  static SqlNode of(SqlNode query) {
    return query.accept(new Rewriting());
  }

  private static final String ROW_TIME = "MATCH_ROWTIME";

  @Override
  public SqlNode visit(SqlCall call) {
    if (call instanceof SqlMatchRecognize match) {
      return super.visit(withRowTime(match));
    }
    SqlNode visited = super.visit(call);
    if (!(visited instanceof SqlCall outer)
        || !outer.getOperator().getName().equalsIgnoreCase("SESSION")
        || outer.operandCount() != 3
        || outer.operand(0).getKind() != SqlKind.SET_SEMANTICS_TABLE) {
      return visited;
    }
    SqlCall table = outer.operand(0);
    SqlNodeList keys = table.operand(1);
    SqlParserPos pos = call.getParserPosition();
    if (keys.isEmpty()) {
      return outer
          .getOperator()
          .createCall(pos, table.operand(0), outer.operand(1), outer.operand(2));
    }
    SqlNode descriptor =
        SqlStdOperatorTable.DESCRIPTOR.createCall(
            keys.getParserPosition(), keys.toArray(new SqlNode[0]));
    return outer
        .getOperator()
        .createCall(pos, List.of(table.operand(0), outer.operand(1), outer.operand(2), descriptor));
  }

  private static SqlMatchRecognize withRowTime(SqlMatchRecognize match) {
    if (match.getOrderList().isEmpty() || !(match.getOrderList().get(0) instanceof SqlIdentifier)) {
      return match;
    }
    SqlNode time = match.getOrderList().get(0);
    SqlShuttle measures =
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlCall call) {
            boolean rowTime =
                call.operandCount() == 0 && call.getOperator().getName().equalsIgnoreCase(ROW_TIME);
            return rowTime
                ? SqlStdOperatorTable.LAST.createCall(
                    call.getParserPosition(),
                    time.clone(call.getParserPosition()),
                    SqlLiteral.createExactNumeric("0", call.getParserPosition()))
                : super.visit(call);
          }
        };
    match.setOperand(SqlMatchRecognize.OPERAND_MEASURES, match.getMeasureList().accept(measures));
    return match;
  }
}
