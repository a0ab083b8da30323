package io.millrace.cep.over;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.order.HeldRows;
import io.millrace.cep.order.RowKey;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.library.RowException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Functions over the rows before each row. Rows are held until time has passed them and go out in
 * their order; one that time has passed already is late.
 */
public abstract sealed class OverOperator implements Operator permits RangeOver, RowsOver {

  private final RowKey.Columns columns;
  private final int time;
  private final Rows out;
  final OverCalls calls;
  final HeldRows held = new HeldRows();
  final Map<RowKey, Partition> partitions = new HashMap<>();
  private long watermark = Long.MIN_VALUE;

  OverOperator(Node.Over node, OverCalls calls, Rows out) {
    this.columns = new RowKey.Columns(node.partition());
    this.time = node.time();
    this.calls = calls;
    this.out = out;
  }

  /** Computes a node. */
  public static Operator of(Node.Over node, Rows out) {
    return node.range() < 0 ? new RowsOver(node, out) : new RangeOver(node, out);
  }

  @Override
  public final boolean event(int input, Object[] row, long time) {
    Object ordered = row[this.time];
    long at = ordered == null ? time : (Long) ordered;
    if (at <= watermark) {
      return false;
    }
    held.add(row, at);
    return true;
  }

  @Override
  public final void advance(long watermark) {
    this.watermark = watermark;
    while (held.due(watermark)) {
      process(held.time());
    }
    passed(watermark);
  }

  /** Takes the next row, or all of its time, and gives what comes out for it. */
  abstract void process(long time);

  /** Forgets what no row after this time has in its frame. */
  void passed(long watermark) {}

  final Partition partition(Object[] row) {
    return partition(columns.of(row));
  }

  private Partition partition(RowKey key) {
    Partition partition = partitions.get(key);
    if (partition == null) {
      partition = new Partition(key, calls);
      partitions.put(key, partition);
    }
    return partition;
  }

  final void give(Partition partition, Object[] row, long time, long moment) {
    Object[] result = Arrays.copyOf(row, row.length + calls.size);
    try {
      partition.results(result, moment);
    } catch (RowException e) {
      out.failed(e);
      return;
    }
    out.row(result, time);
  }

  final void savePartitions(StateWriter out, boolean whole) {
    out.writeLong(watermark);
    held.save(out);
    out.writeInt(partitions.size());
    for (Partition partition : partitions.values()) {
      out.writeValues(partition.key.values());
      partition.save(out, whole);
    }
  }

  final int restorePartitions(StateReader in, boolean whole) {
    watermark = in.readLong();
    held.restore(in);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      partition(columns.ofValues(in.readValues())).restore(in, whole);
    }
    return size;
  }
}
