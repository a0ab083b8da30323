package io.millrace.cep.join;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.schemas.event.RowCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexBuilder;

/**
 * Joins rows whose times are near, as soon as the later of the two arrives. Each side's rows are
 * kept until the watermark says that no partner can come; those without one then come out where the
 * kind of join asks for it.
 *
 * <p>A row behind the watermark is still joined with what is held. When every row that it could
 * match has been given up already it comes out alone where the kind of join asks for it, as in
 * Flink SQL; else it is late, and not taken.
 *
 * <p>Pairs carry the later of their two times. The partners of one row come out in the order of
 * their time.
 */
public final class IntervalJoinOperator implements Operator {

  private static final int LEFT = 0;
  private static final int RIGHT = 1;

  private final Rows out;
  private final Pairing pairing;
  private final JoinKeys keys;
  private final int[] timeColumn;
  private final RowCodec[] codecs;

  /** Partners of a row at {@code t} are from t + from to t + to; by the row's side. */
  private final long[] from;

  private final long[] to;

  private final Map<Object, KeyRows> byKey = new HashMap<>();
  private final Expiry[] expiry = {new Expiry(), new Expiry()};
  private long watermark = Long.MIN_VALUE;
  private long number;

  private final List<Held> partners = new ArrayList<>();
  private final List<Object[]> pairs = new ArrayList<>();

  private IntervalJoinOperator(Node.IntervalJoin node, RexBuilder rex, Rows out) {
    this.out = out;
    this.pairing =
        new Pairing(node.kind(), node.left().row(), node.right().row(), node.condition(), rex);
    this.keys =
        new JoinKeys(node.left().row(), node.leftKeys(), node.right().row(), node.rightKeys());
    this.timeColumn = new int[] {node.leftTime(), node.rightTime()};
    this.from = new long[] {node.lower(), -node.upper()};
    this.to = new long[] {node.upper(), -node.lower()};
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
  public static Operator of(Node.IntervalJoin node, RexBuilder rex, Rows out) {
    return new IntervalJoinOperator(node, rex, out);
  }

  /**
   * @throws io.millrace.rows.library.RowException when the condition cannot be computed for the row
   *     and one of its partners; the row then counts for nothing
   */
  @Override
  public boolean event(int side, Object[] row, long eventTime) {
    Object columnTime = row[timeColumn[side]];
    long time = columnTime == null ? eventTime : (Long) columnTime;
    // What waits on the other side is younger than the watermark by at least from.
    if (time + to[side] - Math.min(from[side], 0) <= watermark) {
      if (pairing.outer(side)) {
        out.row(pairing.alone(side, row), time);
        return true;
      }
      return false;
    }
    Object key = columnTime == null ? null : keys.of(side, row);
    if (key == null) {
      if (pairing.outer(side)) {
        hold(side, row, time, null, false);
      }
      return true;
    }
    KeyRows rows = byKey.get(key);
    boolean matched = rows != null && join(side, row, time, rows.side(1 - side));
    if (matched && pairing.leftOnly && side == LEFT) {
      return true;
    }
    if (rows == null && waits(side, time)) {
      rows = new KeyRows(key);
      byKey.put(key, rows);
    } else if (rows != null && rows.isEmpty() && !waits(side, time)) {
      byKey.remove(key);
    }
    hold(side, row, time, rows, matched);
    return true;
  }

  @Override
  public void advance(long newWatermark) {
    watermark = newWatermark;
    while (true) {
      Held left = due(LEFT);
      Held right = due(RIGHT);
      if (left == null && right == null) {
        return;
      }
      if (right == null || (left != null && left.time + to[LEFT] <= right.time + to[RIGHT])) {
        drop(LEFT, left);
      } else {
        drop(RIGHT, right);
      }
    }
  }

  /** The farthest back that a column of a pair can lie, or a row without a partner. */
  @Override
  public long delay() {
    return Math.max(0, Math.max(to[LEFT], to[RIGHT]));
  }

  @Override
  public boolean waits() {
    return (pairing.outerLeft && expiry[LEFT].first() != null)
        || (pairing.outerRight && expiry[RIGHT].first() != null);
  }

  @Override
  public long remembers() {
    return expiry[LEFT].heap() + expiry[RIGHT].heap() + KeyRows.HEAP * byKey.size();
  }

  @Override
  public void save(StateWriter state) {
    state.writeLong(watermark);
    for (int side = LEFT; side <= RIGHT; side++) {
      List<Held> rows = expiry[side].rows();
      state.writeInt(rows.size());
      for (Held held : rows) {
        state.writeLong(held.time);
        state.writeBoolean(held.matched);
        state.writeRow(codecs[side], held.row);
      }
    }
  }

  @Override
  public void restore(StateReader state) {
    watermark = state.readLong();
    for (int side = LEFT; side <= RIGHT; side++) {
      for (int i = state.readInt(); i > 0; i--) {
        long time = state.readLong();
        boolean matched = state.readBoolean();
        Object[] row = state.readRow(codecs[side]);
        Object key = row[timeColumn[side]] == null ? null : keys.of(side, row);
        KeyRows rows = key == null ? null : byKey.computeIfAbsent(key, KeyRows::new);
        hold(side, row, time, rows, matched);
      }
    }
  }

  private boolean waits(int side, long time) {
    return time + to[side] > watermark;
  }

  private void hold(int side, Object[] row, long time, KeyRows rows, boolean matched) {
    if (waits(side, time)) {
      Held held = new Held(row, time, number++, rows);
      held.matched = matched;
      if (rows != null) {
        rows.side(side).add(held);
      }
      expiry[side].add(held);
    } else if (!matched && pairing.outer(side)) {
      out.row(pairing.alone(side, row), time);
    }
  }

  /** Gives the pairs of a row with what waits; whether there was one. */
  private boolean join(int side, Object[] row, long time, SortedRows others) {
    int size = others.size();
    if (size == 0 || others.get(size - 1).time < time + from[side]) {
      return false;
    }
    partners.clear();
    pairs.clear();
    long last = time + to[side];
    // All pairs are made before the first comes out: a condition may fail.
    for (int i = others.before(time + from[side]); i < size; i++) {
      Held other = others.get(i);
      if (other.time > last) {
        break;
      }
      Object[] pair = side == LEFT ? pairing.join(row, other.row) : pairing.join(other.row, row);
      if (pair != null) {
        partners.add(other);
        pairs.add(pair);
      }
    }
    if (partners.isEmpty()) {
      return false;
    }
    give(side, row, time, others);
    return true;
  }

  private void give(int side, Object[] row, long time, SortedRows others) {
    if (pairing.leftOnly && side == LEFT) {
      if (pairing.matches) {
        out.row(row, time);
      }
      return;
    }
    for (int i = 0; i < partners.size(); i++) {
      Held other = partners.get(i);
      other.matched = true;
      if (pairing.leftOnly) {
        others.remove(other);
        expiry[1 - side].matched(other);
      }
      if (pairing.matches) {
        out.row(pairs.get(i), pairing.leftOnly ? other.time : Math.max(time, other.time));
      }
    }
  }

  private Held due(int side) {
    Held first = expiry[side].first();
    return first == null || waits(side, first.time) ? null : first;
  }

  private void drop(int side, Held held) {
    expiry[side].removeFirst();
    if (held.row == null) {
      return;
    }
    if (held.key != null) {
      held.key.side(side).remove(held);
      if (held.key.isEmpty()) {
        byKey.remove(held.key.key);
      }
    }
    if (!held.matched && pairing.outer(side)) {
      out.row(pairing.alone(side, held.row), held.time);
    }
  }
}
