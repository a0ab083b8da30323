package io.millrace.cep.over;

import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import java.util.ArrayDeque;
import java.util.Deque;

/** Frames by the number of rows. Their partitions are remembered for ever, as in Flink SQL. */
final class RowsOver extends OverOperator {

  private final long preceding;
  private final boolean bounded;
  private long moment;

  RowsOver(Node.Over node, Rows out) {
    super(node, OverCalls.of(node.calls(), node.rows() != Node.Over.UNBOUNDED), out);
    this.preceding = node.rows();
    this.bounded = preceding != Node.Over.UNBOUNDED && calls.factories.length > 0;
  }

  @Override
  void process(long time) {
    Object[] row = held.take();
    Partition partition = partition(row);
    partition.add(row);
    if (bounded) {
      Deque<Object[]> frame = frame(partition);
      frame.addLast(row);
      if (frame.size() > preceding + 1) {
        partition.leave(frame.removeFirst());
      }
    }
    give(partition, row, time, moment++);
  }

  private static Deque<Object[]> frame(Partition partition) {
    if (partition.frame == null) {
      partition.frame = new ArrayDeque<>(4);
    }
    return partition.frame;
  }

  @Override
  public void save(StateWriter out) {
    savePartitions(out, !bounded);
    if (bounded) {
      for (Partition partition : partitions.values()) {
        out.writeInt(partition.frame.size());
        for (Object[] row : partition.frame) {
          out.writeValues(row);
        }
      }
    }
  }

  @Override
  public void restore(StateReader in) {
    int size = restorePartitions(in, !bounded);
    if (bounded) {
      for (int i = 0; i < size; i++) {
        int rows = in.readInt();
        for (int j = 0; j < rows; j++) {
          Object[] row = in.readValues();
          Partition partition = partition(row);
          partition.enter(row);
          frame(partition).addLast(row);
        }
      }
    }
  }
}
