package io.millrace.flow.stateful;

import java.util.List;

/**
 * How events are put into windows by their time. A window holds the times from its start
 * (inclusive) to its end (exclusive); starts are aligned to the epoch plus an offset. All in
 * microseconds, all lengths above 0.
 */
public sealed interface Window {

  /** Windows of one length, one behind the other. */
  record Tumble(long size, long offset) implements Window {}

  /** Windows of one length that begin every {@code slide}; an event is in several of them. */
  record Hop(long size, long slide, long offset) implements Window {}

  /** Windows that begin together every {@code size} and end one {@code step} after the other. */
  record Cumulate(long size, long step, long offset) implements Window {}

  /**
   * Windows that end when there was no event for {@code gap}; per value of the key columns.
   *
   * @param keys columns of the input
   */
  record Session(long gap, List<Integer> keys) implements Window {
    public Session {
      keys = List.copyOf(keys);
    }
  }
}
