package io.millrace.cep.window;

import io.millrace.flow.stateful.Window;

/**
 * How time is cut into slices that windows are made of: a row belongs to one slice, and a window
 * holds whole slices. Slices and windows are named by their ends, which are exclusive; all times in
 * microseconds.
 */
sealed interface Slices permits HopSlices, CumulateSlices {

  /** No window. */
  long NONE = Long.MAX_VALUE;

  /** Length of a slice. */
  long length();

  /** The slice that a time is in. */
  long slice(long time);

  /**
   * The first window that holds a slice and is not closed.
   *
   * @param watermark a window is closed when this has reached its last microsecond
   * @return {@link #NONE} when there is none
   */
  long open(long slice, long watermark);

  /** Where a window begins. */
  long start(long window);

  /** Whether no window at all holds the slice. */
  boolean isGap(long slice);

  static Slices of(Window window) {
    return switch (window) {
      case Window.Tumble tumble -> new HopSlices(tumble.size(), tumble.size(), tumble.offset());
      case Window.Hop hop -> new HopSlices(hop.size(), hop.slide(), hop.offset());
      case Window.Cumulate c -> new CumulateSlices(c.size(), c.step(), c.offset());
      case Window.Session session -> throw new IllegalArgumentException("sessions have no slices");
    };
  }
}
