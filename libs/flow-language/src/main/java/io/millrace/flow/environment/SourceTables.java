package io.millrace.flow.environment;

import java.util.List;

/** What came of asking a source for its tables. */
public sealed interface SourceTables {

  /** The database answered. */
  record Found(List<SourceTable> tables) implements SourceTables {
    public Found {
      tables = List.copyOf(tables);
    }
  }

  /**
   * The database could not be asked.
   *
   * @param message why, and what to do, in a sentence
   */
  record Unavailable(String message) implements SourceTables {}
}
