package io.millrace.flow.query;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Gives patterns without WITHIN the time for which the application remembers. */
final class PatternLimit {

  private static final long SECOND = 1000;

  private PatternLimit() {}

  /** Changes the query it is given. */
  static void set(SqlNode query, long millis) {
    long seconds = Math.max(1, millis / SECOND);
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlMatchRecognize match && match.getInterval() == null) {
              SqlParserPos pos = match.getPattern().getParserPosition();
              match.setOperand(
                  SqlMatchRecognize.OPERAND_INTERVAL,
                  SqlLiteral.createInterval(
                      1,
                      Long.toString(seconds),
                      new SqlIntervalQualifier(TimeUnit.SECOND, null, pos),
                      pos));
            }
            return super.visit(call);
          }
        });
  }
}
