package io.millrace.cep.window;

import io.millrace.cep.group.GroupTable;
import io.millrace.cep.group.Grouping;
import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Aggregation of rows that carry their window. */
final class AttachedAggregate implements Operator {

  private final int windowEnd;
  private final HeapMeter heap = new HeapMeter();
  private final SliceTables tables;
  private final WindowRows rows;
  private long watermark = Long.MIN_VALUE;
  private GroupTable current;
  private long currentEnd;

  AttachedAggregate(int windowEnd, Grouping grouping, Rows out) {
    this.windowEnd = windowEnd;
    this.tables = new SliceTables(grouping, heap);
    this.rows = WindowRows.withoutWindow(grouping, out);
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    long end = Times.of(row, windowEnd);
    if (watermark >= end - 1) {
      return false;
    }
    if (current == null || end != currentEnd) {
      GroupTable known = tables.get(end);
      current = known == null ? tables.add(end) : known;
      currentEnd = end;
    }
    current.add(row);
    return true;
  }

  @Override
  public void advance(long to) {
    watermark = to;
    while (!tables.isEmpty() && to >= tables.first() - 1) {
      current = null;
      long end = tables.first();
      GroupTable ended = tables.removeFirst();
      rows.give(ended, end, end);
      ended.drop();
    }
  }

  @Override
  public long delay() {
    return WindowRows.DELAY;
  }

  @Override
  public boolean waits() {
    return !tables.isEmpty();
  }

  @Override
  public long remembers() {
    return heap.bytes();
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(watermark);
    tables.save(out);
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.readLong();
    tables.restore(in);
  }
}
