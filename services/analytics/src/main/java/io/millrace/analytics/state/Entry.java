package io.millrace.analytics.state;

import java.util.List;

/**
 * One call that a task got. Entries count up from 1; each life of a task has an epoch above those
 * before it, so that what an earlier life wrote too much of is known.
 */
public sealed interface Entry {

  /** Which life of the task wrote it. */
  long epoch();

  /** Its number. */
  long sequence();

  /** What was before it; null for queries that save what they remember. */
  Before before();

  /** The time of its record in the journal, milliseconds since the epoch; never goes back. */
  long stamp();

  /**
   * Events.
   *
   * @param parts in the order in which they were processed
   */
  record Events(long epoch, long sequence, List<Part> parts, Before before, long stamp)
      implements Entry {
    public Events {
      parts = List.copyOf(parts);
    }
  }

  /**
   * The wall clock made event time go on.
   *
   * @param clock what the clock was then
   */
  record Tick(long epoch, long sequence, byte[] clock, Before before, long stamp)
      implements Entry {}

  /** A call that was written down in a form that this version does not know. */
  record Unknown(long epoch, long sequence, long stamp) implements Entry {
    @Override
    public Before before() {
      return null;
    }
  }

  /**
   * Where a query that cannot save can begin again.
   *
   * @param clock what the clock was before the call
   * @param watermark the event time that it had reached, microseconds
   * @param highest the latest event time in the call, microseconds
   */
  record Before(byte[] clock, long watermark, long highest) {}
}
