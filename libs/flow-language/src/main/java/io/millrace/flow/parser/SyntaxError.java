package io.millrace.flow.parser;

import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What the grammar's own actions find wrong. */
final class SyntaxError extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final transient SqlParserPos pos;
  private final transient List<String> expected;

  SyntaxError(SqlParserPos pos, String message, List<String> expected) {
    super(message);
    this.pos = pos;
    this.expected = expected;
  }

  SqlParserPos pos() {
    return pos;
  }

  List<String> expected() {
    return expected;
  }
}
