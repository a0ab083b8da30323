package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.environment.EplAnswer;
import io.millrace.flow.parser.Statement;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Has the text of AS EPL checked, and says what is wrong where it stands in the script. */
final class EplReview {

  /** How many characters stand before the text. */
  private static final int DOLLARS = 2;

  private final PlanContext context;

  EplReview(PlanContext context) {
    this.context = context;
  }

  /**
   * Checks a text.
   *
   * @param streams the streams that it may read, by name
   * @return the streams that it reads; all when that is not known
   */
  Set<String> check(Statement.Value epl, Map<String, RowType> streams, RowType output) {
    switch (context.environment.epl(epl.text(), streams, output, context.stateRetention())) {
      case EplAnswer.Checked(List<EplAnswer.Fault> faults, List<String> reads) -> {
        for (EplAnswer.Fault fault : faults) {
          context.diagnostics.add(
              Diagnostic.Severity.ERROR,
              Code.INVALID_EPL,
              position(epl.pos(), fault),
              fault.message(),
              List.of(),
              null);
        }
        if (faults.isEmpty() && !reads.isEmpty()) {
          return Set.copyOf(reads);
        }
      }
      case EplAnswer.Unavailable(String message) ->
          context.diagnostics.warning(
              Code.EPL_NOT_CHECKED,
              epl.pos(),
              "the EPL could not be checked, it will be when it starts: " + message);
    }
    return streams.keySet();
  }

  /** The place in the script of a place in the text. */
  private static SqlParserPos position(SqlParserPos text, EplAnswer.Fault fault) {
    int line = text.getLineNum() + fault.line() - 1;
    int shift = fault.line() == 1 ? text.getColumnNum() - 1 + DOLLARS : 0;
    return new SqlParserPos(line, fault.column() + shift, line, fault.endColumn() + shift);
  }
}
