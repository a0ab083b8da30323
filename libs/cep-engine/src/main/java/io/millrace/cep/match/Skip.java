package io.millrace.cep.match;

import io.millrace.rows.ErrorCode;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.library.RowException;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlMatchRecognize.AfterOption;

/**
 * Where the next match is looked for.
 *
 * @param name the variable's, for messages
 */
record Skip(Target target, int variable, String name) {

  /** What it goes by. */
  enum Target {
    PAST_LAST_ROW,
    NEXT_ROW,
    FIRST,
    LAST
  }

  static Skip of(RexNode after, List<String> variables) {
    if (after instanceof RexLiteral literal) {
      return new Skip(
          literal.getValueAs(AfterOption.class) == AfterOption.SKIP_TO_NEXT_ROW
              ? Target.NEXT_ROW
              : Target.PAST_LAST_ROW,
          -1,
          null);
    }
    RexCall call = (RexCall) after;
    String name = ((RexLiteral) call.getOperands().get(0)).getValueAs(String.class);
    int variable = variables.indexOf(name);
    if (variable < 0) {
      throw new UnsupportedQueryException(
          "AFTER MATCH SKIP TO %s: PATTERN has no such variable".formatted(name));
    }
    return new Skip(
        switch (call.getKind()) {
          case SKIP_TO_FIRST -> Target.FIRST;
          case SKIP_TO_LAST -> Target.LAST;
          default -> throw new UnsupportedQueryException("AFTER MATCH cannot have " + after);
        },
        variable,
        name);
  }

  /**
   * The number of the row with which the next match may begin.
   *
   * @param last the last row of a match
   * @throws RowException if the match has no row of the variable, or the same match would follow
   */
  long next(Bound last) {
    if (target == Target.PAST_LAST_ROW) {
      return last.index + 1;
    }
    if (target == Target.NEXT_ROW) {
      return last.start() + 1;
    }
    Bound found = last.last(variable);
    if (found == null) {
      throw new RowException(
          ErrorCode.BAD_ARGUMENT,
          "AFTER MATCH SKIP TO %s: the match has no row that is %s; use a variable that every match"
                  .formatted(name, name)
              + " has");
    }
    long next = target == Target.FIRST ? found.first(variable).index : found.index;
    if (next == last.start()) {
      throw new RowException(
          ErrorCode.BAD_ARGUMENT,
          "AFTER MATCH SKIP TO %s: it is the first row of the match, which would be found for ever;"
                  .formatted(name)
              + " use SKIP TO NEXT ROW or another variable");
    }
    return next;
  }
}
