package io.millrace.cep.window;

import io.millrace.cep.group.Group;
import io.millrace.cep.group.Grouping;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Aggregates each session. */
record SessionGroups(Grouping grouping, WindowRows rows) implements SessionContent<Group> {

  @Override
  public Group begin(Object[] row) {
    return grouping.create(row);
  }

  @Override
  public long add(Group group, Object[] row) {
    return grouping.add(group, row);
  }

  @Override
  public long merge(Group group, Group later) {
    return grouping.merge(group, later);
  }

  @Override
  public long heap(Group group) {
    return grouping.heap(group);
  }

  @Override
  public void give(Group group, long start, long end) {
    rows.give(group, start, end, end - WindowRows.MILLISECOND);
  }

  @Override
  public void save(Group group, StateWriter out) {
    group.save(out);
  }

  @Override
  public Group restore(StateReader in) {
    return grouping.restore(in);
  }
}
