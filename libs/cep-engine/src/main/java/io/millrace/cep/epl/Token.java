package io.millrace.cep.epl;

/**
 * A piece of an EPL text.
 *
 * @param start its first character's index in the text
 * @param end the index after its last
 */
record Token(Kind kind, int start, int end, String text) {

  enum Kind {
    WORD,
    /** A word between backticks. */
    QUOTED_WORD,
    STRING,
    NUMBER,
    SIGN
  }

  boolean isSign(char sign) {
    return kind == Kind.SIGN && text.charAt(0) == sign;
  }

  /** The word without its backticks. */
  String word() {
    return kind == Kind.QUOTED_WORD ? text.substring(1, text.length() - 1) : text;
  }
}
