package io.millrace.schemas.event;

/**
 * What a writer says of the time of the events that it writes to one partition of a stream: it
 * stands among them, and holds for those of its channel that come behind it.
 *
 * @param at how many events of a batch come before it
 * @param channel the writer's number
 * @param time none of its later events is of this time or before, microseconds; {@link #NONE} when
 *     it does not know any yet
 */
public record Watermark(int at, int channel, long time, Kind kind) {

  /** Before all times. */
  public static final long NONE = Long.MIN_VALUE;

  /** How the writer goes on. */
  public enum Kind {
    /** Events may come. */
    ACTIVE,
    /** It has nothing to read at the moment and does not hold up others. */
    IDLE,
    /** It cannot tell: the times of its events are all that there is to go by. */
    UNKNOWN
  }
}
