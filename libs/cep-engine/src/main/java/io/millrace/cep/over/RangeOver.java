package io.millrace.cep.over;

import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import java.util.Arrays;

/**
 * Frames by time. As all partitions are at the same time, one queue holds the rows of all frames:
 * rows leave at its head, and a partition is forgotten with the last one.
 */
final class RangeOver extends OverOperator {

  private final long range;
  private final boolean bounded;
  private final FrameRows frame = new FrameRows();

  /** The rows of one time, and whose they are. */
  private Object[][] peers = new Object[16][];

  private Partition[] owners = new Partition[16];
  private long moment;

  RangeOver(Node.Over node, Rows out) {
    super(node, OverCalls.of(node.calls(), node.range() != Node.Over.UNBOUNDED), out);
    this.range = node.range();
    this.bounded = range != Node.Over.UNBOUNDED;
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
      Object[] row = held.take();
      Partition partition = partition(row);
      partition.add(row);
      if (bounded) {
        frame.add(row, partition, time);
      }
      peers[count] = row;
      owners[count++] = partition;
    } while (held.due(time));
    if (bounded) {
      forget(time - range);
    }
    for (int i = 0; i < count; i++) {
      give(owners[i], peers[i], time, moment);
      peers[i] = null;
      owners[i] = null;
    }
  }

  @Override
  void passed(long watermark) {
    if (bounded) {
      forget(watermark + 1 - range);
    }
  }

  private void forget(long before) {
    for (Partition left = frame.leave(before); left != null; left = frame.leave(before)) {
      if (left.rows == 0 && !calls.outliveTheFrame()) {
        partitions.remove(left.key);
      }
    }
  }

  @Override
  public void save(StateWriter out) {
    savePartitions(out, !bounded);
    out.writeInt(frame.size());
    for (int i = 0; i < frame.size(); i++) {
      out.writeLong(frame.time(i));
      out.writeValues(frame.row(i));
    }
  }

  @Override
  public void restore(StateReader in) {
    restorePartitions(in, !bounded);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      long time = in.readLong();
      Object[] row = in.readValues();
      Partition partition = partition(row);
      partition.enter(row);
      frame.add(row, partition, time);
    }
  }
}
