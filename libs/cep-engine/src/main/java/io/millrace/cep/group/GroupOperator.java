package io.millrace.cep.group;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.library.RowException;
import java.util.function.Supplier;

/**
 * Aggregates by key without a window; without aggregations the first row of each key. With a
 * retention a key that no row came for is forgotten, and its next row is the first one again.
 *
 * <p>The groups are no part of what {@link #save} writes: there may be many, and few of them change
 * from one time to the next. {@link #write} hands on those that did, and {@link #load} brings all
 * back.
 */
public final class GroupOperator implements Operator {

  private final Grouping grouping;
  private final Rows out;
  private final Retention retention;
  private GroupStore groups;
  private long tag;

  private GroupOperator(Grouping grouping, long retention, Rows out) {
    this.grouping = grouping;
    this.retention = new Retention(retention);
    this.out = out;
    this.groups = new GroupStore(grouping);
  }

  /** Computes a node. */
  public static GroupOperator of(Node.GroupAggregate node, Rows out) {
    return new GroupOperator(
        Grouping.of(node.input().row(), node.keys(), node.aggregations()), node.retention(), out);
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    int hash = grouping.hash(row);
    long stretch = retention.stretch(time);
    KeptGroup group = groups.find(row, hash);
    boolean first = group == null;
    if (first) {
      group = groups.create(row, hash, stretch);
    }
    boolean gives = first || grouping.results() > 0;
    if (gives || stretch > group.stretch) {
      groups.change(group);
      group.stretch = Math.max(group.stretch, stretch);
    }
    groups.add(group, row);
    if (gives) {
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
    if (retention.passes(watermark)) {
      groups.forget(retention);
    }
  }

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public long remembers() {
    return groups.bytes();
  }

  /** What its groups are written down under; 0 while they never were. */
  public long tag() {
    return tag;
  }

  /** Gives it a tag that no other groups of its task have or had. */
  public void tag(long own) {
    tag = own;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(tag);
    out.writeLong(retention.first());
  }

  @Override
  public void restore(StateReader in) {
    tag = in.readLong();
    retention.restore(in.readLong());
    close();
    groups = new GroupStore(grouping);
  }

  /** Writes down the groups that have changed since the last time, and those that are forgotten. */
  public void write(GroupChanges to) {
    groups.write(tag, to);
  }

  /**
   * Takes in a group that was written down, after {@link #restore} and in the order of writing.
   *
   * @param content null when it was forgotten
   */
  public void load(byte[] key, byte[] content) {
    groups.load(key, content);
  }

  /**
   * Puts groups on disk that were not used for a while, until no more than so many bytes are in the
   * heap. What comes out is the same wherever they are.
   *
   * @param disks opens the disk when there is something to put there
   * @return false when it can do that only once what has changed is written down
   */
  public boolean spill(long most, Supplier<GroupDisk> disks) {
    return groups.spill(most, disks);
  }

  /** How many groups are on disk. */
  public long spilled() {
    return groups.spilled();
  }

  /** Lets go of what is on disk; it is not used any more. */
  public void close() {
    groups.close();
  }

  /** Takes the groups of an operator of the same node, which is not used any more afterwards. */
  public void takeOver(GroupOperator other) {
    close();
    groups = other.groups;
    groups.forget(retention);
  }
}
