package io.millrace.flow.environment;

import java.util.List;

/** What came of having an EPL text checked. */
public sealed interface EplAnswer {

  /**
   * The text was checked.
   *
   * @param faults what is wrong with it; empty when it can run
   * @param reads the streams that it reads, spelled as they were given; empty when it has faults
   */
  record Checked(List<Fault> faults, List<String> reads) implements EplAnswer {
    public Checked {
      faults = List.copyOf(faults);
      reads = List.copyOf(reads);
    }
  }

  /**
   * Something that is wrong with the text.
   *
   * @param line from 1, within the text
   * @param column from 1, in characters
   * @param endColumn the last column that is meant, on the same line
   * @param message what is wrong and, where that is not plain, what to do
   */
  record Fault(int line, int column, int endColumn, String message) {}

  /**
   * Nobody could check the text now.
   *
   * @param message why, in a sentence
   */
  record Unavailable(String message) implements EplAnswer {}
}
