package io.millrace.cep.group;

import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.library.RowException;

/**
 * Aggregates by key without a window; without aggregations the first row of each key. With a
 * retention a key that no row came for is forgotten, and its next row is the first one again.
 */
public final class GroupOperator implements Operator {

  private final Grouping grouping;
  private final Rows out;
  private final HeapMeter heap = new HeapMeter();
  private final Retention retention;
  private KeptGroups groups;

  private GroupOperator(Grouping grouping, long retention, Rows out) {
    this.grouping = grouping;
    this.retention = new Retention(retention);
    this.out = out;
    this.groups = new KeptGroups(grouping, heap);
  }

  /** Computes a node. */
  public static GroupOperator of(Node.GroupAggregate node, Rows out) {
    return new GroupOperator(
        Grouping.of(node.input().row(), node.keys(), node.aggregations()), node.retention(), out);
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    int hash = grouping.hash(row);
    KeptGroup group = groups.find(row, hash);
    boolean first = group == null;
    if (first) {
      group = grouping.kept(row, hash);
      group.stretch = retention.stretch(time);
      groups.put(group);
    } else {
      group.stretch = Math.max(group.stretch, retention.stretch(time));
    }
    long more = grouping.add(group, row);
    if (more != 0) {
      heap.add(more);
    }
    if (first || grouping.results() > 0) {
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
  public void advance(long watermark) {
    if (!retention.passes(watermark)) {
      return;
    }
    for (int i = groups.size() - 1; i >= 0; i--) {
      if (!retention.keeps(groups.get(i).stretch)) {
        groups.remove(i);
      }
    }
    groups.trim();
  }

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
    out.writeLong(retention.first());
    out.writeInt(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      out.writeLong(groups.get(i).stretch);
      groups.get(i).save(out);
    }
  }

  @Override
  public void restore(StateReader in) {
    heap.clear();
    groups = new KeptGroups(grouping, heap);
    retention.restore(in.readLong());
    for (int i = in.readInt(); i > 0; i--) {
      long stretch = in.readLong();
      KeptGroup group = grouping.restoreKept(in);
      group.stretch = stretch;
      groups.put(group);
    }
  }
}
