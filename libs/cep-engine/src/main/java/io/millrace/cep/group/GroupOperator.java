package io.millrace.cep.group;

import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.library.RowException;

/** Aggregates by key for ever; without aggregations the first row of each key. */
public final class GroupOperator implements Operator {

  private final Grouping grouping;
  private final Rows out;
  private final HeapMeter heap = new HeapMeter();
  private GroupTable groups;

  private GroupOperator(Grouping grouping, Rows out) {
    this.grouping = grouping;
    this.out = out;
    this.groups = new GroupTable(grouping, 0, heap);
  }

  /** Computes a node. */
  public static Operator of(Node.GroupAggregate node, Rows out) {
    return new GroupOperator(
        Grouping.of(node.input().row(), node.keys(), node.aggregations()), out);
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    int known = groups.size();
    Group group = groups.add(row);
    if (grouping.results() > 0 || groups.size() > known) {
      give(group, time);
    }
    return true;
  }

  private void give(Group group, long time) {
    Object[] result = new Object[grouping.keys() + grouping.results()];
    group.key(result);
    try {
      group.results(result, grouping.keys());
    } catch (RowException e) {
      out.failed(e);
      return;
    }
    out.row(result, time);
  }

  @Override
  public void advance(long watermark) {}

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public long remembers() {
    return heap.bytes();
  }

  @Override
  public void save(StateWriter out) {
    groups.save(out);
  }

  @Override
  public void restore(StateReader in) {
    groups.drop();
    groups = GroupTable.restore(grouping, heap, in);
  }
}
