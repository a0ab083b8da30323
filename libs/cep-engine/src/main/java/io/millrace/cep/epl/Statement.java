package io.millrace.cep.epl;

import java.util.List;

/**
 * One statement of a text.
 *
 * @param start where it begins in the whole text
 * @param epl its text, with blanks in place of everything before it, so that positions are those of
 *     the whole text
 * @param tokens its own tokens
 */
record Statement(int start, int end, String epl, List<Token> tokens) {

  /** The first token of that name, or the statement's first token. */
  Token find(String word) {
    if (word != null) {
      for (Token token : tokens) {
        if (token.word().equalsIgnoreCase(word)) {
          return token;
        }
      }
    }
    return tokens.getFirst();
  }

  /** Says something about the place of a word in it. */
  void problem(Problems problems, String word, String message) {
    Token token = find(word);
    problems.at(token.start(), token.end(), message);
  }
}
