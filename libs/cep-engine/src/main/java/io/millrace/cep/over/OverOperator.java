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
 * their order. With a frame that rows leave, a row is late when one of its key that is not older
 * has gone out; with any other, when time has passed it. This is what Flink SQL does.
 */
public abstract sealed class OverOperator implements Operator permits RangeOver, RowsOver {

  private final RowKey.Columns columns;
  private final int time;
  private final Rows out;
  final OverCalls calls;
  final HeldRows<Partition> held = new HeldRows<>();
  final Map<RowKey, Partition> partitions = new HashMap<>();
  private long watermark = Long.MIN_VALUE;

  /** What the partitions take of the heap. */
  private long bytes;

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
    if (at <= watermark && !calls.sliding) {
      return false;
    }
    Partition partition = partition(row);
    if (at <= partition.last()) {
      return false;
    }
    coming(partition, at);
    held.add(row, at, partition);
    return true;
  }

  /** Told of a row that will be processed. */
  abstract void coming(Partition partition, long time);

  @Override
  public final void advance(long watermark) {
    this.watermark = watermark;
    while (held.due(watermark)) {
      process(held.time());
    }
    forget(watermark);
  }

  /** Takes the next row, or all of its time, and gives what comes out for it. */
  abstract void process(long time);

  /** Forgets partitions that no row after this time needs. */
  abstract void forget(long watermark);

  /** Writes when partitions may be forgotten. */
  abstract void saveExpiries(StateWriter out);

  /** Takes over what {@link #saveExpiries} has written; all partitions are there. */
  abstract void restoreExpiries(StateReader in);

  private Partition partition(Object[] row) {
    return partition(columns.of(row));
  }

  final Partition readPartition(StateReader in) {
    return partition(columns.ofValues(in.readValues()));
  }

  private Partition partition(RowKey key) {
    Partition partition = partitions.get(key);
    if (partition == null) {
      partition = new Partition(key, calls);
      partitions.put(key, partition);
      bytes += partition.heap() + partition.growth();
    }
    return partition;
  }

  /** Told of each partition whose rows have changed. */
  final void changed(Partition partition) {
    bytes += partition.growth();
  }

  /** Forgets a partition. */
  final void remove(Partition partition) {
    if (partitions.remove(partition.key, partition)) {
      bytes -= partition.heap() + partition.grown();
    }
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

  @Override
  public final long remembers() {
    return bytes + held.heap() + waiting();
  }

  /** How many bytes of heap it takes beside its rows and partitions. */
  abstract long waiting();

  @Override
  public final void save(StateWriter out) {
    out.writeLong(watermark);
    out.writeInt(partitions.size());
    for (Partition partition : partitions.values()) {
      out.writeValues(partition.key.values());
      partition.save(out);
    }
    held.save(out);
    saveExpiries(out);
  }

  @Override
  public final void restore(StateReader in) {
    watermark = in.readLong();
    for (int i = in.readInt(); i > 0; i--) {
      Partition partition = readPartition(in);
      partition.restore(in);
      changed(partition);
    }
    held.restore(in, this::partition);
    restoreExpiries(in);
  }
}
