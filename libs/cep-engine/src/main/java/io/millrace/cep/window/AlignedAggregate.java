package io.millrace.cep.window;

import io.millrace.cep.group.GroupTable;
import io.millrace.cep.group.Grouping;
import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * Aggregation in windows that are the same for all keys. A row is counted once, in its slice;
 * windows are put together from their slices when they end.
 */
abstract class AlignedAggregate implements Operator {

  private final int time;
  final Slices slices;
  final Grouping grouping;
  final HeapMeter heap = new HeapMeter();
  final SliceTables tables;
  private final WindowRows rows;
  private long watermark = Long.MIN_VALUE;

  /** The window that ends next. */
  private long due = Slices.NONE;

  private GroupTable current;
  private long currentStart;
  private long currentEnd;

  AlignedAggregate(int time, Slices slices, Grouping grouping, Rows out) {
    this.time = time;
    this.slices = slices;
    this.grouping = grouping;
    this.tables = new SliceTables(grouping, heap);
    this.rows = WindowRows.withWindow(grouping, out);
  }

  @Override
  public final boolean event(int input, Object[] row, long eventTime) {
    long moment = Times.of(row, time);
    if (current == null || moment < currentStart || moment >= currentEnd) {
      long slice = slices.slice(moment);
      if (slices.isGap(slice)) {
        return true;
      }
      if (!turnTo(slice)) {
        return false;
      }
    }
    current.add(row);
    return true;
  }

  /** Makes a slice the current one; false when its windows have all ended. */
  private boolean turnTo(long slice) {
    GroupTable table = tables.get(slice);
    if (table == null) {
      long window = slices.open(slice, watermark);
      if (window == Slices.NONE) {
        return false;
      }
      due = Math.min(due, window);
      table = tables.add(slice);
    }
    current = table;
    currentStart = slice - slices.length();
    currentEnd = slice;
    return true;
  }

  @Override
  public final void advance(long to) {
    watermark = to;
    while (due != Slices.NONE && to >= due - 1) {
      long window = due;
      current = null;
      rows.give(end(window), slices.start(window), window);
      due = after(window);
    }
  }

  /** The groups of a window that ends now. */
  abstract GroupTable end(long window);

  /** Forgets what is not needed after a window; returns the one that ends next. */
  abstract long after(long window);

  @Override
  public final long delay() {
    return WindowRows.DELAY;
  }

  @Override
  public final boolean waits() {
    return due != Slices.NONE;
  }

  @Override
  public final long remembers() {
    return heap.bytes();
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(watermark);
    out.writeLong(due);
    tables.save(out);
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.readLong();
    due = in.readLong();
    tables.restore(in);
  }
}
