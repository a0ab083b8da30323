package io.millrace.flow.parser;

/**
 * Takes {@code value} for a name where an argument begins: {@code AVG(value)}. Calcite's grammar
 * sees the beginning of VALUE (1, 2), a table, there.
 */
final class FlowTokens extends FlowParserImplTokenManager {

  private int before = FlowParserImplConstants.EOF;

  FlowTokens(SimpleCharStream stream) {
    super(stream);
  }

  @Override
  public Token getNextToken() {
    Token token = super.getNextToken();
    if (token.kind == FlowParserImplConstants.VALUE
        && (before == FlowParserImplConstants.LPAREN || before == FlowParserImplConstants.COMMA)) {
      token.kind = FlowParserImplConstants.IDENTIFIER;
    }
    before = token.kind;
    return token;
  }
}
