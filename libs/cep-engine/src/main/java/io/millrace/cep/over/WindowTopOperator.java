package io.millrace.cep.over;

import io.millrace.cep.aggregate.Order;
import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.order.RowKey;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.sql.type.SqlTypeName;

/** The first rows of each partition of a window, when it has ended. */
public final class WindowTopOperator implements Operator {

  private static final long MILLISECOND = 1000;

  private final RowKey.Columns columns;
  private final int windowEnd;
  private final Comparator<Object[]> order;
  private final long from;
  private final long to;

  /** Whether of equal rows the one that came last is the first: it is "the last row by time". */
  private final boolean latest;

  private final Rows out;

  /** By the end of the window; partitions in the order of their first rows. */
  private final TreeMap<Long, Open> windows = new TreeMap<>();

  /** What the windows take of the heap. */
  private long bytes;

  private long nextEnd = Long.MAX_VALUE;
  private long watermark = Long.MIN_VALUE;

  /** The first rows so far of a window that has not ended. */
  private static final class Open {
    private static final long HEAP = 200;

    /** Of a partition's list. */
    private static final long ROWS = 24 + 32 + 24 + HeapSize.LINKED_MAP_ENTRY;

    final Map<RowKey, List<Object[]>> partitions = new LinkedHashMap<>();
    long bytes = HEAP;
  }

  private WindowTopOperator(Node.WindowTop node, Rows out) {
    this.columns = new RowKey.Columns(node.partition());
    this.windowEnd = node.windowEnd();
    this.order = Order.of(node.order());
    this.from = node.from();
    this.to = node.to();
    this.latest = latest(node);
    this.out = out;
  }

  /** Computes a node. */
  public static Operator of(Node.WindowTop node, Rows out) {
    return new WindowTopOperator(node, out);
  }

  private static boolean latest(Node.WindowTop node) {
    RelFieldCollation first = node.order().getFirst();
    return node.to() == 1
        && node.order().size() == 1
        && first.direction.isDescending()
        && node.input().row().getFieldList().get(first.getFieldIndex()).getType().getSqlTypeName()
            == SqlTypeName.TIMESTAMP;
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    long end = (Long) row[windowEnd];
    if (watermark >= end - 1) {
      return false;
    }
    Open window = window(end);
    long before = window.bytes;
    place(rows(window, columns.of(row)), row, window);
    bytes += window.bytes - before;
    return true;
  }

  private Open window(long end) {
    nextEnd = Math.min(nextEnd, end);
    Open window = windows.get(end);
    if (window == null) {
      window = new Open();
      windows.put(end, window);
      bytes += window.bytes;
    }
    return window;
  }

  private static List<Object[]> rows(Open window, RowKey key) {
    List<Object[]> rows = window.partitions.get(key);
    if (rows == null) {
      rows = new ArrayList<>(4);
      window.partitions.put(key, rows);
      window.bytes += Open.ROWS;
    }
    return rows;
  }

  /** Puts a row behind those that are before it or equal; the last one falls off. */
  private void place(List<Object[]> rows, Object[] row, Open window) {
    if (rows.size() == to) {
      int compared = order.compare(row, rows.getLast());
      if (compared > 0 || (compared == 0 && !latest)) {
        return;
      }
      window.bytes -= HeapSize.SLOT + HeapSize.row(rows.removeLast());
    }
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(row, rows.get(middle)) < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    rows.add(low, row);
    window.bytes += HeapSize.SLOT + HeapSize.row(row);
  }

  @Override
  public void advance(long watermark) {
    this.watermark = watermark;
    while (nextEnd != Long.MAX_VALUE && watermark >= nextEnd - 1) {
      long end = nextEnd;
      Open window = windows.pollFirstEntry().getValue();
      bytes -= window.bytes;
      nextEnd = windows.isEmpty() ? Long.MAX_VALUE : windows.firstKey();
      for (List<Object[]> rows : window.partitions.values()) {
        give(rows, end - MILLISECOND);
      }
    }
  }

  private void give(List<Object[]> rows, long time) {
    for (int i = Math.toIntExact(from) - 1; i < rows.size(); i++) {
      Object[] row = rows.get(i);
      Object[] result = Arrays.copyOf(row, row.length + 1);
      result[row.length] = i + 1L;
      out.row(result, time);
    }
  }

  @Override
  public long remembers() {
    return bytes;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(watermark);
    out.writeInt(windows.size());
    windows.forEach((end, window) -> {
      out.writeLong(end);
      out.writeInt(window.partitions.size());
      for (List<Object[]> rows : window.partitions.values()) {
        out.writeInt(rows.size());
        rows.forEach(out::writeValues);
      }
    });
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.readLong();
    for (int i = in.readInt(); i > 0; i--) {
      Open window = window(in.readLong());
      long before = window.bytes;
      for (int j = in.readInt(); j > 0; j--) {
        for (int k = in.readInt(); k > 0; k--) {
          Object[] row = in.readValues();
          rows(window, columns.of(row)).add(row);
          window.bytes += HeapSize.SLOT + HeapSize.row(row);
        }
      }
      bytes += window.bytes - before;
    }
  }
}
