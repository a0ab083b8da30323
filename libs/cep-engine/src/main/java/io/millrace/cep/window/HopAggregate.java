package io.millrace.cep.window;

import io.millrace.cep.group.GroupTable;
import io.millrace.cep.group.Grouping;
import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.operator.Rows;

/** Windows of one length: a slice stays until the last window that holds it has ended. */
final class HopAggregate extends AlignedAggregate {

  HopAggregate(int time, Slices slices, Grouping grouping, Rows out) {
    super(time, slices, grouping, out);
  }

  @Override
  GroupTable end(long window) {
    int count = 0;
    int largest = 0;
    while (count < tables.size() && tables.end(count) <= window) {
      largest = Math.max(largest, tables.table(count).size());
      count++;
    }
    if (count == 1) {
      return tables.table(0);
    }
    GroupTable all = new GroupTable(grouping, largest, new HeapMeter());
    for (int i = 0; i < count; i++) {
      all.merge(tables.table(i));
    }
    return all;
  }

  @Override
  long after(long window) {
    while (!tables.isEmpty()) {
      long next = slices.open(tables.first(), window - 1);
      if (next != Slices.NONE) {
        return next;
      }
      tables.removeFirst().drop();
    }
    return Slices.NONE;
  }
}
