package io.millrace.cep.over;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.order.HeldRows;
import io.millrace.cep.order.RowKey;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The first row of each key by time, for ever; it goes out when time has passed it. A row that time
 * has passed already is late, unless it is one more of a key that has an earlier one.
 */
public final class DeduplicateOperator implements Operator {

  private final RowKey.Columns columns;
  private final int time;
  private final Rows out;
  private final HeldRows<RowKey> held = new HeldRows<>();

  /** The keys that have their row, with its time. */
  private final Map<RowKey, Long> given = new HashMap<>();

  /** What they take of the heap. */
  private long bytes;

  private long watermark = Long.MIN_VALUE;

  private DeduplicateOperator(Node.Deduplicate node, Rows out) {
    this.columns = new RowKey.Columns(node.keys());
    this.time = node.time();
    this.out = out;
  }

  /** Computes a node. */
  public static Operator of(Node.Deduplicate node, Rows out) {
    return new DeduplicateOperator(node, out);
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    Long at = row[this.time] == null ? Long.valueOf(time) : (Long) row[this.time];
    RowKey key = columns.of(row);
    if (at <= watermark) {
      Long first = given.get(key);
      return first != null && at >= first;
    }
    held.add(row, at, key);
    return true;
  }

  @Override
  public void advance(long watermark) {
    this.watermark = watermark;
    while (held.due(watermark)) {
      Long at = held.time();
      RowKey key = held.found();
      Object[] row = held.take();
      if (!given.containsKey(key)) {
        give(key, row, at);
      }
    }
  }

  private void give(RowKey key, Object[] row, Long at) {
    keep(key, at);
    Object[] result = Arrays.copyOf(row, row.length + 1);
    result[row.length] = 1L;
    out.row(result, at);
  }

  @Override
  public long remembers() {
    return held.heap() + bytes;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(watermark);
    held.save(out);
    out.writeInt(given.size());
    given.forEach((key, at) -> {
      out.writeValues(key.values());
      out.writeLong(at);
    });
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.readLong();
    held.restore(in, columns::of);
    for (int i = in.readInt(); i > 0; i--) {
      RowKey key = columns.ofValues(in.readValues());
      keep(key, in.readLong());
    }
  }

  private void keep(RowKey key, Long at) {
    given.put(key, at);
    bytes += HeapSize.MAP_ENTRY + HeapSize.of(at) + key.heap();
  }
}
