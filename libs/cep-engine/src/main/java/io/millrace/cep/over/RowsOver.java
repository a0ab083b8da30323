package io.millrace.cep.over;

import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;

/** Frames by the number of rows. Their partitions are remembered for ever, as in Flink SQL. */
final class RowsOver extends OverOperator {

  private final long most;
  private long moment;

  RowsOver(Node.Over node, Rows out) {
    super(node, OverCalls.of(node.calls(), node.rows() != Node.Over.UNBOUNDED), out);
    this.most = calls.sliding ? node.rows() + 1 : Node.Over.UNBOUNDED;
  }

  @Override
  void process(long time) {
    Partition partition = held.found();
    Object[] row = held.take();
    partition.add(row, time);
    partition.leaveBeyond(most);
    changed(partition);
    give(partition, row, time, moment++);
  }

  @Override
  void coming(Partition partition, long time) {}

  @Override
  void forget(long watermark) {}

  @Override
  void saveExpiries(StateWriter out) {}

  @Override
  void restoreExpiries(StateReader in) {}

  @Override
  long waiting() {
    return 0;
  }
}
