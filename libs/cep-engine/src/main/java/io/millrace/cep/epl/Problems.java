package io.millrace.cep.epl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a text, with positions. Not thread-safe. */
final class Problems {
  private static final int MOST = 20;
  private static final int LONGEST = 500;

  private final String text;
  private final List<EplDiagnostic> found = new ArrayList<>();

  Problems(String text) {
    this.text = text;
  }

  /**
   * @param start the index of the first character that is meant
   * @param end the index after the last
   */
  void at(int start, int end, String message) {
    int begin = Math.max(0, Math.min(start, text.length()));
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < begin; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int lineEnd = text.indexOf('\n', begin);
    int last = Math.min(Math.max(end, begin + 1), lineEnd < 0 ? text.length() : lineEnd);
    int column = begin - lineStart + 1;
    String shown = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    EplDiagnostic diagnostic =
        new EplDiagnostic(line, column, Math.max(column, last - lineStart), shown);
    if (found.size() < MOST && !found.contains(diagnostic)) {
      found.add(diagnostic);
    }
  }

  /** The index of a position as Esper counts it, lines from 1 and columns from 0. */
  int index(int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', start);
      if (next < 0) {
        return text.length();
      }
      start = next + 1;
    }
    return Math.min(text.length(), start + column);
  }

  boolean any() {
    return !found.isEmpty();
  }

  void check() throws EplException {
    if (any()) {
      found.sort(
          Comparator.comparingInt(EplDiagnostic::line).thenComparingInt(EplDiagnostic::column));
      throw new EplException(found);
    }
  }
}
