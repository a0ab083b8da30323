package io.millrace.cep.epl;

/**
 * Something that is wrong with an EPL text.
 *
 * @param line where, from 1, within the text
 * @param column where, from 1
 * @param endColumn the last column of what is meant, on the same line
 * @param message what is wrong and, where that is not plain, what to do
 */
public record EplDiagnostic(int line, int column, int endColumn, String message) {

  @Override
  public String toString() {
    return line + ":" + column + " " + message;
  }
}
