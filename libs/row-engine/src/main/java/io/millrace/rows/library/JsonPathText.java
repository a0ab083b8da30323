package io.millrace.rows.library;

/** The text of a {@link JsonPath}, read from left to right. */
final class JsonPathText {

  private final String text;
  private int at;

  JsonPathText(String text) {
    this.text = text;
  }

  /** The index of the next character. */
  int at() {
    return at;
  }

  /** Goes back to a place. */
  void back(int to) {
    at = to;
  }

  boolean end() {
    return at == text.length();
  }

  /** What was not read. */
  String rest() {
    return text.substring(at);
  }

  /** Whether the next character is one of these. */
  boolean isAt(String characters) {
    return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
  }

  /** The longest piece of these characters. */
  String piece(String characters) {
    int from = at;
    while (isAt(characters)) {
      at++;
    }
    return text.substring(from, at);
  }

  /** A number of digits, and the blanks around it. */
  int integer() {
    blanks();
    int from = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    try {
      int number = Integer.parseInt(text.substring(from, at));
      blanks();
      return number;
    } catch (NumberFormatException e) {
      throw wrong("a position is missing");
    }
  }

  /** A name without quotes. */
  String name() {
    int from = at;
    while (at < text.length()
        && (Character.isUnicodeIdentifierPart(text.charAt(at)) || text.charAt(at) == '$')) {
      at++;
    }
    if (at == from) {
      throw wrong("a name is missing");
    }
    return text.substring(from, at);
  }

  /** A text in quotes. */
  String string() {
    char quote = text.charAt(at++);
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return out.toString();
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
        if (c == 'u' && at + 4 <= text.length()) {
          c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
          at += 4;
        } else {
          c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        }
      }
      out.append(c);
    }
    throw wrong("a quote is not closed");
  }

  void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Takes a character if it is the next one. */
  boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  void expect(char c) {
    if (!take(c)) {
      throw wrong(c + " is missing");
    }
  }

  /** Takes a symbol, and the blanks before it, if it is the next one. */
  boolean symbol(String symbol) {
    blanks();
    if (text.startsWith(symbol, at)) {
      at += symbol.length();
      return true;
    }
    return false;
  }

  /** A whole word, and the blanks behind it. */
  boolean word(String word) {
    blanks();
    int end = at + word.length();
    if (text.startsWith(word, at)
        && (end == text.length() || !Character.isUnicodeIdentifierPart(text.charAt(end)))) {
      at = end;
      blanks();
      return true;
    }
    return false;
  }

  /** What is wrong at this place. */
  RowException wrong(String message) {
    return RowException.badArgument(
        RowException.quote(text)
            + " is no path of SQL/JSON: "
            + message
            + " at character "
            + (at + 1));
  }
}
