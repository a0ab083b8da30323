package io.millrace.cep.over;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Frames by time. A partition is forgotten when time has gone on by one and a half times the
 * frame's length since its last row: rows that come late may still ask for it until then. As in
 * Flink SQL, a partition that was looked at for this and kept takes no rows of that time or before.
 */
final class RangeOver extends OverOperator {

  private static final long MILLISECOND = 1000;

  /** Bytes of heap of one that stands in the queue. */
  private static final long EXPIRY = 24 + HeapSize.SLOT;

  private final long range;
  private final boolean forgets;

  /** When partitions may be forgotten; one that has had rows since stands here again. */
  private record Expiry(long at, Partition partition) implements Comparable<Expiry> {
    @Override
    public int compareTo(Expiry other) {
      return Long.compare(at, other.at);
    }
  }

  private final PriorityQueue<Expiry> expiries = new PriorityQueue<>();

  /** The rows of one time, and whose they are. */
  private Object[][] peers = new Object[16][];

  private Partition[] owners = new Partition[16];
  private long moment;

  RangeOver(Node.Over node, Rows out) {
    super(node, OverCalls.of(node.calls(), node.range() != Node.Over.UNBOUNDED), out);
    this.range = node.range();
    this.forgets = calls.sliding && !calls.outliveTheFrame();
  }

  @Override
  void process(long time) {
    moment++;
    int count = 0;
    do {
      if (count == peers.length) {
        peers = Arrays.copyOf(peers, 2 * count);
        owners = Arrays.copyOf(owners, 2 * count);
      }
      Partition partition = held.found();
      Object[] row = held.take();
      partition.add(row, time);
      peers[count] = row;
      owners[count++] = partition;
    } while (held.due(time));
    for (int i = 0; i < count; i++) {
      Partition partition = owners[i];
      if (calls.sliding) {
        partition.leaveBefore(time - range);
      }
      changed(partition);
      give(partition, peers[i], time, moment);
      peers[i] = null;
      owners[i] = null;
    }
  }

  @Override
  void coming(Partition partition, long time) {
    if (forgets && partition.expiry() < time + range + MILLISECOND) {
      partition.expiry(time + range + range / 2 + MILLISECOND);
      expiries.add(new Expiry(partition.expiry(), partition));
    }
  }

  @Override
  void forget(long watermark) {
    Expiry first = expiries.peek();
    while (first != null && first.at <= watermark) {
      expiries.poll();
      if (first.partition.expiry() == first.at) {
        remove(first.partition);
      } else {
        first.partition.passed(first.at);
      }
      first = expiries.peek();
    }
  }

  /** All of them: those that were put off still end the time of rows. */
  @Override
  void saveExpiries(StateWriter out) {
    out.writeInt(expiries.size());
    for (Expiry expiry : expiries) {
      out.writeLong(expiry.at);
      out.writeValues(expiry.partition.key.values());
    }
  }

  @Override
  void restoreExpiries(StateReader in) {
    for (int i = in.readInt(); i > 0; i--) {
      long at = in.readLong();
      expiries.add(new Expiry(at, readPartition(in)));
    }
  }

  @Override
  long waiting() {
    return EXPIRY * expiries.size();
  }
}
