package io.millrace.flow.parser;

import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What the grammar reads word by word. */
final class WrittenNames {

  private WrittenNames() {}

  /** The text of a character literal. */
  static String text(Token literal) {
    String image = literal.image;
    return image.substring(1, image.length() - 1).replace("''", "'");
  }

  /**
   * Takes a word from the parser, reserved or not, several with dots or hyphens between them, or a
   * quoted name.
   *
   * @param what what is expected, for the message when it is something else
   */
  static Statement.Value word(FlowParserImpl parser, String what) {
    StringBuilder name = new StringBuilder();
    SqlParserPos start = null;
    while (true) {
      Token next = parser.getToken(1);
      boolean quoted = next.kind == FlowParserImplConstants.QUOTED_IDENTIFIER;
      if (!quoted && !isWord(next)) {
        throw new SyntaxError(position(next), what + " is expected here", List.of(what));
      }
      parser.getNextToken();
      name.append(
          quoted
              ? next.image.substring(1, next.image.length() - 1).replace("\"\"", "\"")
              : next.image);
      start = start == null ? position(next) : start.plus(position(next));
      int following = parser.getToken(1).kind;
      if (following != FlowParserImplConstants.DOT && following != FlowParserImplConstants.MINUS) {
        return new Statement.Value(start, Statement.Value.Kind.WORD, name.toString());
      }
      name.append(parser.getNextToken().image);
    }
  }

  private static boolean isWord(Token token) {
    return token.kind != FlowParserImplConstants.EOF
        && !token.image.isEmpty()
        && (Character.isLetter(token.image.charAt(0)) || token.image.charAt(0) == '_');
  }

  static SqlParserPos position(Token token) {
    return new SqlParserPos(token.beginLine, token.beginColumn, token.endLine, token.endColumn);
  }
}
