package io.millrace.cep.match;

import io.millrace.cep.aggregate.Order;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.order.HeldRows;
import io.millrace.cep.order.RowKey;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexBuilder;

/**
 * MATCH_RECOGNIZE. Rows are held until time has passed them and are taken in their order; one that
 * time has passed already is late. A match is given when nothing that is preferred to it can come
 * any more, with the time of its last row.
 *
 * <p>Where Flink SQL has the pattern, variables with quantifiers one behind the other, the match is
 * the one that is there: the way that is complete first, of several the preferred one; a greedy
 * quantifier takes every row that it can, and such a row is not what comes behind it. For groups
 * and alternatives it is the one of standard SQL, the preferred of all ways.
 */
public final class MatchOperator implements Operator {

  private static final int SPARE = 1024;

  private final RowKey.Columns columns;
  private final int time;

  /** The order of rows of one time; null: as they came. */
  private final Comparator<Object[]> ties;

  private final Matcher matcher;
  private final HeldRows<Void> held = new HeldRows<>();
  private final List<Object[]> tied = new ArrayList<>();
  private final Map<RowKey, MatchPartition> partitions = new HashMap<>();

  /** Partitions whose time runs out, each once, by a time that is not after that. */
  private final PriorityQueue<MatchPartition> deadlines = new PriorityQueue<>();

  private final Deque<MatchPartition> spare = new ArrayDeque<>();
  private long born;
  private long watermark = Long.MIN_VALUE;

  /** What the partitions take of the heap. */
  private long bytes;

  private MatchOperator(Node.Match node, Matcher matcher) {
    this.columns = new RowKey.Columns(node.partition());
    this.time = node.time();
    List<RelFieldCollation> order = node.rel().getOrderKeys().getFieldCollations();
    this.ties = order.size() > 1 ? Order.of(order.subList(1, order.size())) : null;
    this.matcher = matcher;
  }

  /**
   * Computes a node.
   *
   * @throws io.millrace.rows.UnsupportedQueryException if the pattern or an expression asks for
   *     what is not there
   */
  public static Operator of(Node.Match node, RexBuilder rex, Rows out) {
    return of(node, rex, MatchLimits.DEFAULT, out);
  }

  static Operator of(Node.Match node, RexBuilder rex, MatchLimits limits, Rows out) {
    return new MatchOperator(node, new Matcher(node, rex, limits, out));
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    Object ordered = row[this.time];
    long at = ordered == null ? time : (Long) ordered;
    if (at <= watermark) {
      return false;
    }
    held.add(row, at, null);
    return true;
  }

  @Override
  public void advance(long watermark) {
    this.watermark = watermark;
    while (held.due(watermark)) {
      long at = held.time();
      if (ties == null) {
        take(held.take(), at);
      } else {
        takeTied(at);
      }
    }
    MatchPartition first = deadlines.peek();
    while (first != null && first.queuedFor() <= watermark) {
      deadlines.poll().dequeued();
      if (!first.outlives(matcher)) {
        first.follow(matcher, watermark);
      }
      settle(first);
      first = deadlines.peek();
    }
  }

  private void takeTied(long at) {
    while (held.due(at)) {
      tied.add(held.take());
    }
    if (tied.size() > 1) {
      tied.sort(ties);
    }
    for (Object[] row : tied) {
      take(row, at);
    }
    tied.clear();
  }

  private void take(Object[] row, long at) {
    RowKey key = columns.of(row);
    MatchPartition partition = partitions.get(key);
    if (partition != null) {
      partition.row(row, at, matcher);
    } else {
      partition = spare.isEmpty() ? new MatchPartition() : spare.pop();
      partition.begin(key, born++);
      partition.row(row, at, matcher);
      if (!partition.isEmpty(matcher)) {
        partitions.put(key, partition);
      }
    }
    settle(partition);
  }

  /** Forgets a partition that is empty, else sees to it that its time can run out. */
  private void settle(MatchPartition partition) {
    boolean remembered = true;
    if (partition.enqueue(matcher)) {
      deadlines.add(partition);
    } else if (partition.isEmpty(matcher)) {
      remembered = false;
      partitions.remove(partition.key(), partition);
      if (!partition.queued() && spare.size() < SPARE) {
        spare.push(partition);
      }
    }
    bytes += partition.growth(remembered);
  }

  /** How many partitions it remembers something of. */
  int partitions() {
    return partitions.size();
  }

  /**
   * With WITHIN, how long the longest match takes, if a match may have to wait for later rows.
   * Without, such a match may be late for what comes behind.
   */
  @Override
  public long delay() {
    return matcher.waits && matcher.bounded() ? matcher.within : 0;
  }

  @Override
  public long remembers() {
    return held.heap() + bytes;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(watermark);
    out.writeLong(born);
    held.save(out);
    out.writeInt(partitions.size());
    for (MatchPartition partition : partitions.values()) {
      partition.save(out);
    }
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.readLong();
    born = in.readLong();
    held.restore(in, row -> null);
    for (int i = in.readInt(); i > 0; i--) {
      MatchPartition partition = new MatchPartition();
      RowKey key = columns.ofValues(in.readValues());
      partition.restore(in, key, matcher);
      partitions.put(key, partition);
      // In its old place: it may stand there for an earlier time than it would be put there for
      // now, and that decides in which order matches come.
      if (partition.queued()) {
        deadlines.add(partition);
        bytes += partition.growth(true);
      } else {
        settle(partition);
      }
    }
  }
}
