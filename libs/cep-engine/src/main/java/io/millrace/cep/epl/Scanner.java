package io.millrace.cep.epl;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens and measures it before any parser sees it. Comments become blanks, those
 * that begin with two dashes included, so that positions stay.
 */
final class Scanner {

  private final String text;
  private final StringBuilder plain;
  private final List<Token> tokens = new ArrayList<>();
  private final Problems problems;
  private int at;

  Scanner(String text, Problems problems) {
    this.text = text;
    this.plain = new StringBuilder(text);
    this.problems = problems;
  }

  /** The text without comments, of the same length. */
  StringBuilder plain() {
    return plain;
  }

  List<Token> scan() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (starts("--") || starts("//")) {
        int end = text.indexOf('\n', at);
        blank(end < 0 ? text.length() : end);
      } else if (starts("/*")) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          problems.at(at, at + 2, "the comment is not closed");
        }
        blank(end < 0 ? text.length() : end + 2);
      } else if (c == '\'' || c == '"' || c == '`') {
        quoted(c);
      } else if (Character.isJavaIdentifierStart(c)) {
        word();
      } else if (Character.isDigit(c)) {
        number();
      } else {
        add(Token.Kind.SIGN, at + 1);
      }
    }
    return tokens;
  }

  private boolean starts(String prefix) {
    return text.startsWith(prefix, at);
  }

  private void blank(int end) {
    for (int i = at; i < end; i++) {
      char c = plain.charAt(i);
      if (c != '\n' && c != '\r') {
        plain.setCharAt(i, ' ');
      }
    }
    at = end;
  }

  private void quoted(char quote) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' && quote != '`' ? 2 : 1;
    }
    if (end >= text.length()) {
      problems.at(at, at + 1, "the quote " + quote + " is not closed");
      at = text.length();
      return;
    }
    add(quote == '`' ? Token.Kind.QUOTED_WORD : Token.Kind.STRING, end + 1);
  }

  private void word() {
    int end = at + 1;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    add(Token.Kind.WORD, end);
  }

  private void number() {
    int end = at + 1;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    add(Token.Kind.NUMBER, end);
  }

  private void add(Token.Kind kind, int end) {
    tokens.add(new Token(kind, at, end, text.substring(at, end)));
    at = end;
  }
}
