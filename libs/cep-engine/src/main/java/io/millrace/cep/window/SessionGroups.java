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
  public void add(Group group, Object[] row) {
    group.add(row);
  }

  @Override
  public void merge(Group group, Group later) {
    group.merge(later);
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
