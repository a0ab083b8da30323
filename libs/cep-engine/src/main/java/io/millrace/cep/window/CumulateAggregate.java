package io.millrace.cep.window;

import io.millrace.cep.group.GroupTable;
import io.millrace.cep.group.Grouping;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Windows that begin together: what they have in common is kept from one to the next. */
final class CumulateAggregate extends AlignedAggregate {

  private GroupTable common;

  CumulateAggregate(int time, Slices slices, Grouping grouping, Rows out) {
    super(time, slices, grouping, out);
  }

  @Override
  GroupTable end(long window) {
    while (!tables.isEmpty() && tables.first() <= window) {
      GroupTable slice = tables.removeFirst();
      if (common == null) {
        common = slice;
      } else {
        common.takeOver(slice);
        slice.drop();
      }
    }
    return common;
  }

  @Override
  long after(long window) {
    long next = slices.open(window, window - 1);
    if (next == Slices.NONE) {
      common.drop();
      common = null;
      next = tables.isEmpty() ? Slices.NONE : tables.first();
    }
    return next;
  }

  @Override
  public void save(StateWriter out) {
    super.save(out);
    out.writeBoolean(common != null);
    if (common != null) {
      common.save(out);
    }
  }

  @Override
  public void restore(StateReader in) {
    super.restore(in);
    if (in.readBoolean()) {
      common = GroupTable.restore(grouping, heap.part(), in);
    }
  }
}
