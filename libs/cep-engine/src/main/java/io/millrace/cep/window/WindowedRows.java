package io.millrace.cep.window;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Arrays;

/**
 * Gives each row out at once, for every window that it is in. Remembers nothing and finds no row
 * late: that is for those to say who wait for the window's end.
 */
final class WindowedRows implements Operator {

  private final int time;
  private final Slices slices;
  private final Rows out;

  WindowedRows(int time, Slices slices, Rows out) {
    this.time = time;
    this.slices = slices;
    this.out = out;
  }

  /** A row and its window. */
  static Object[] with(Object[] row, long start, long end) {
    Object[] wider = Arrays.copyOf(row, row.length + 3);
    wider[row.length] = start;
    wider[row.length + 1] = end;
    wider[row.length + 2] = end - WindowRows.MILLISECOND;
    return wider;
  }

  @Override
  public boolean event(int input, Object[] row, long eventTime) {
    long slice = slices.slice(Times.of(row, time));
    for (long window = slices.open(slice, Long.MIN_VALUE);
        window != Slices.NONE;
        window = slices.open(slice, window - 1)) {
      out.row(with(row, slices.start(window), window), eventTime);
    }
    return true;
  }

  @Override
  public void advance(long watermark) {}

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public long remembers() {
    return 0;
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void restore(StateReader in) {}
}
