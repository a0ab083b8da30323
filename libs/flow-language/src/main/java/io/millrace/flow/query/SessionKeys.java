package io.millrace.flow.query;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Writes {@code SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), gap)} as {@code SESSION(TABLE t,
 * DESCRIPTOR(ts), gap, DESCRIPTOR(k))}, which the converter to relational trees understands.
 */
final class SessionKeys extends SqlShuttle {

  static SqlNode rewrite(SqlNode query) {
    return query.accept(new SessionKeys());
  }

  @Override
  public SqlNode visit(SqlCall call) {
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
}
