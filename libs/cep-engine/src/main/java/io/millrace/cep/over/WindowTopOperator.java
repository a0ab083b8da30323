package io.millrace.cep.over;

import io.millrace.cep.aggregate.Order;
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
  private final TreeMap<Long, Map<RowKey, List<Object[]>>> windows = new TreeMap<>();

  private long nextEnd = Long.MAX_VALUE;
  private long watermark = Long.MIN_VALUE;

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
    place(rows(end, columns.of(row)), row);
    return true;
  }

  private List<Object[]> rows(long end, RowKey key) {
    nextEnd = Math.min(nextEnd, end);
    return windows
        .computeIfAbsent(end, e -> new LinkedHashMap<>())
        .computeIfAbsent(key, k -> new ArrayList<>(4));
  }

  /** Puts a row behind those that are before it or equal; the last one falls off. */
  private void place(List<Object[]> rows, Object[] row) {
    if (rows.size() == to) {
      int compared = order.compare(row, rows.getLast());
      if (compared > 0 || (compared == 0 && !latest)) {
        return;
      }
      rows.removeLast();
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
  }

  @Override
  public void advance(long watermark) {
    this.watermark = watermark;
    while (nextEnd != Long.MAX_VALUE && watermark >= nextEnd - 1) {
      long end = nextEnd;
      Map<RowKey, List<Object[]>> window = windows.pollFirstEntry().getValue();
      nextEnd = windows.isEmpty() ? Long.MAX_VALUE : windows.firstKey();
      for (List<Object[]> rows : window.values()) {
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
  public void save(StateWriter out) {
    out.writeLong(watermark);
    out.writeInt(windows.size());
    windows.forEach((end, window) -> {
      out.writeLong(end);
      out.writeInt(window.size());
      for (List<Object[]> rows : window.values()) {
        out.writeInt(rows.size());
        rows.forEach(out::writeValues);
      }
    });
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.readLong();
    for (int i = in.readInt(); i > 0; i--) {
      long end = in.readLong();
      for (int j = in.readInt(); j > 0; j--) {
        for (int k = in.readInt(); k > 0; k--) {
          Object[] row = in.readValues();
          rows(end, columns.of(row)).add(row);
        }
      }
    }
  }
}
