package io.millrace.rows.time;

import java.util.List;

/**
 * What is known of the time of a stream beforehand.
 *
 * @param lateness how much later than others events may come where their writer says nothing,
 *     microseconds
 * @param column the column that holds the time of its events, or -1 for that of their records
 * @param channels the writers that will be heard of; empty when they are not known
 */
public record InputTime(long lateness, int column, List<Integer> channels) {

  public InputTime {
    channels = List.copyOf(channels);
  }

  /** A stream of unknown writers whose events have the time of their records. */
  public static InputTime ofLateness(long micros) {
    return new InputTime(micros, -1, List.of());
  }
}
