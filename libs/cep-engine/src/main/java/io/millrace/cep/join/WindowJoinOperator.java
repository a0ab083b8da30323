package io.millrace.cep.join;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.rows.library.RowException;
import io.millrace.schemas.event.RowCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rex.RexBuilder;

/**
 * Joins the rows of a window when it has ended: key by key in the order in which keys came, the
 * left rows in their order of arrival, and for each the right ones. Left rows without a partner
 * come out in their place, right ones after the key's pairs.
 */
public final class WindowJoinOperator implements Operator {

  private static final int LEFT = 0;
  private static final int RIGHT = 1;

  /** From a window's last moment, which is the time of its rows, to its end. */
  private static final long LAST_MOMENT = 1_000;

  private final Rows out;
  private final Pairing pairing;
  private final JoinKeys keys;
  private final int[] endColumn;
  private final RowCodec[] codecs;

  private final TreeMap<Long, Open> windows = new TreeMap<>();
  private long firstEnd = Long.MAX_VALUE;
  private long watermark = Long.MIN_VALUE;

  private long latestEnd = Long.MIN_VALUE;
  private Open latest;

  /** What the windows take of the heap. */
  private long bytes;

  private WindowJoinOperator(Node.WindowJoin node, RexBuilder rex, Rows out) {
    this.out = out;
    this.pairing =
        new Pairing(node.kind(), node.left().row(), node.right().row(), node.condition(), rex);
    this.keys =
        new JoinKeys(node.left().row(), node.leftKeys(), node.right().row(), node.rightKeys());
    this.endColumn = new int[] {node.leftWindowEnd(), node.rightWindowEnd()};
    this.codecs =
        new RowCodec[] {
          new RowCodec(CalciteTypes.toRow(node.left().row())),
          new RowCodec(CalciteTypes.toRow(node.right().row()))
        };
  }

  /**
   * Compiles a join. Takes some 10 ms when it has a condition.
   *
   * @throws io.millrace.rows.UnsupportedQueryException if the condition cannot be computed
   */
  public static Operator of(Node.WindowJoin node, RexBuilder rex, Rows out) {
    return new WindowJoinOperator(node, rex, out);
  }

  @Override
  public boolean event(int side, Object[] row, long time) {
    Object column = row[endColumn[side]];
    if (column == null) {
      return true;
    }
    long end = (Long) column;
    if (end - 1 <= watermark) {
      return false;
    }
    Object key = keys.of(side, row);
    if (key == null && !pairing.outer(side)) {
      return true;
    }
    // A key that is equal to no other.
    hold(sides(end, key == null ? new Object() : key).of(side), row);
    return true;
  }

  /** Two rows for which the condition cannot be computed are told as failed and do not match. */
  @Override
  public void advance(long newWatermark) {
    watermark = newWatermark;
    while (firstEnd - 1 <= watermark && !windows.isEmpty()) {
      Map.Entry<Long, Open> window = windows.pollFirstEntry();
      bytes -= window.getValue().bytes;
      firstEnd = windows.isEmpty() ? Long.MAX_VALUE : windows.firstKey();
      if (latestEnd == window.getKey()) {
        latest = null;
      }
      long time = window.getKey() - LAST_MOMENT;
      for (Sides sides : window.getValue().keys.values()) {
        join(sides, time);
      }
    }
  }

  /** Rows carry the last millisecond of their window, which the watermark may be within. */
  @Override
  public long delay() {
    return LAST_MOMENT - 1;
  }

  @Override
  public boolean waits() {
    return !windows.isEmpty();
  }

  @Override
  public long remembers() {
    return bytes;
  }

  @Override
  public void save(StateWriter state) {
    state.writeLong(watermark);
    state.writeInt(windows.size());
    for (Open window : windows.values()) {
      state.writeInt(window.keys.size());
      for (Sides sides : window.keys.values()) {
        for (int side = LEFT; side <= RIGHT; side++) {
          List<Object[]> rows = sides.of(side);
          state.writeInt(rows.size());
          for (Object[] row : rows) {
            state.writeRow(codecs[side], row);
          }
        }
      }
    }
  }

  @Override
  public void restore(StateReader state) {
    watermark = state.readLong();
    for (int window = state.readInt(); window > 0; window--) {
      for (int key = state.readInt(); key > 0; key--) {
        Sides sides = null;
        for (int side = LEFT; side <= RIGHT; side++) {
          for (int i = state.readInt(); i > 0; i--) {
            Object[] row = state.readRow(codecs[side]);
            if (sides == null) {
              Object value = keys.of(side, row);
              sides = sides((Long) row[endColumn[side]], value == null ? new Object() : value);
            }
            hold(sides.of(side), row);
          }
        }
      }
    }
  }

  private Sides sides(long end, Object key) {
    if (latest == null || latestEnd != end) {
      latest = windows.get(end);
      if (latest == null) {
        latest = new Open();
        windows.put(end, latest);
        grow(Open.HEAP);
      }
      latestEnd = end;
      firstEnd = Math.min(firstEnd, end);
    }
    Sides sides = latest.keys.get(key);
    if (sides == null) {
      sides = new Sides(new ArrayList<>(2), new ArrayList<>(2));
      latest.keys.put(key, sides);
      grow(Sides.HEAP);
    }
    return sides;
  }

  /** Adds a row to those of a key of the latest window. */
  private void hold(List<Object[]> rows, Object[] row) {
    rows.add(row);
    grow(HeapSize.SLOT + HeapSize.row(row));
  }

  private void grow(long more) {
    latest.bytes += more;
    bytes += more;
  }

  private void join(Sides sides, long time) {
    List<Object[]> right = sides.right();
    boolean[] matchedRight = pairing.outerRight ? new boolean[right.size()] : null;
    for (Object[] row : sides.left()) {
      boolean matched = false;
      for (int i = 0; i < right.size(); i++) {
        Object[] pair = pair(row, right.get(i));
        if (pair == null) {
          continue;
        }
        if (pairing.matches && !(matched && pairing.leftOnly)) {
          out.row(pair, time);
        }
        matched = true;
        if (matchedRight != null) {
          matchedRight[i] = true;
        } else if (pairing.leftOnly) {
          break;
        }
      }
      if (!matched && pairing.outerLeft) {
        out.row(pairing.alone(LEFT, row), time);
      }
    }
    for (int i = 0; matchedRight != null && i < matchedRight.length; i++) {
      if (!matchedRight[i]) {
        out.row(pairing.alone(RIGHT, right.get(i)), time);
      }
    }
  }

  private Object[] pair(Object[] left, Object[] right) {
    try {
      return pairing.join(left, right);
    } catch (RowException e) {
      out.failed(e);
      return null;
    }
  }

  /** A window that has not ended. */
  private static final class Open {
    /** Bytes of heap of one, with its place in the tree. */
    private static final long HEAP = 200;

    final Map<Object, Sides> keys = new LinkedHashMap<>();

    /** What it takes of the heap. */
    long bytes;
  }

  /** The rows of one key. */
  private record Sides(List<Object[]> left, List<Object[]> right) {

    /** Bytes of heap of one, with its key and its place in a map. */
    private static final long HEAP = 24 + 2 * 48 + 24 + HeapSize.LINKED_MAP_ENTRY;

    List<Object[]> of(int side) {
      return side == LEFT ? left : right;
    }
  }
}
