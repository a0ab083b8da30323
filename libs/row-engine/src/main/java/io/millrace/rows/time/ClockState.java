package io.millrace.rows.time;

import java.util.List;

/**
 * What a {@link SourceClock} remembers.
 *
 * @param watermark the time that it has reached
 * @param settled whether channels without any event do not hold time up any more
 */
public record ClockState(long watermark, boolean settled, List<Channel> channels) {

  public ClockState {
    channels = List.copyOf(channels);
  }

  /** Whom the time of a channel is taken from. */
  public enum Mode {
    /** Its events. */
    EVENTS,
    /** Its watermarks. */
    WATERMARKS,
    /** Nobody yet: its first watermark will say. */
    UNDECIDED
  }

  /**
   * One writer.
   *
   * @param highest the time of its latest event
   * @param told its last watermark
   */
  public record Channel(int number, Mode mode, long highest, long told, boolean idle) {}
}
