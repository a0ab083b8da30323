package io.millrace.cep.window;

import io.millrace.cep.group.GroupTable;
import io.millrace.cep.group.Grouping;
import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Arrays;

/** The groups of several slices or windows, sorted by their ends; few at a time. */
final class SliceTables {

  private final Grouping grouping;
  private final HeapMeter heap;
  private long[] ends = new long[4];
  private GroupTable[] tables = new GroupTable[4];
  private int head;
  private int tail;
  private int expected;

  /**
   * @param heap counts what the tables take
   */
  SliceTables(Grouping grouping, HeapMeter heap) {
    this.grouping = grouping;
    this.heap = heap;
  }

  boolean isEmpty() {
    return head == tail;
  }

  /** The lowest end of all. */
  long first() {
    return ends[head];
  }

  int size() {
    return tail - head;
  }

  long end(int index) {
    return ends[head + index];
  }

  GroupTable table(int index) {
    return tables[head + index];
  }

  /** The groups of an end, or null. */
  GroupTable get(long end) {
    int at = Arrays.binarySearch(ends, head, tail, end);
    return at < 0 ? null : tables[at];
  }

  /** Begins an end that is not there yet. */
  GroupTable add(long end) {
    GroupTable table = new GroupTable(grouping, expected, heap.part());
    put(end, table);
    return table;
  }

  private void put(long end, GroupTable table) {
    if (tail == ends.length) {
      makeRoom();
    }
    int at = -Arrays.binarySearch(ends, head, tail, end) - 1;
    System.arraycopy(ends, at, ends, at + 1, tail - at);
    System.arraycopy(tables, at, tables, at + 1, tail - at);
    ends[at] = end;
    tables[at] = table;
    tail++;
  }

  private void makeRoom() {
    int size = tail - head;
    int room = Math.max(4, 2 * size);
    long[] roomier = new long[room];
    GroupTable[] roomierTables = new GroupTable[room];
    System.arraycopy(ends, head, roomier, 0, size);
    System.arraycopy(tables, head, roomierTables, 0, size);
    ends = roomier;
    tables = roomierTables;
    head = 0;
    tail = size;
  }

  /** Takes the lowest end away; its groups count until they are dropped. */
  GroupTable removeFirst() {
    GroupTable table = tables[head];
    tables[head++] = null;
    expected = table.size();
    return table;
  }

  void save(StateWriter out) {
    out.writeInt(size());
    for (int i = head; i < tail; i++) {
      out.writeLong(ends[i]);
      tables[i].save(out);
    }
  }

  void restore(StateReader in) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      long end = in.readLong();
      put(end, GroupTable.restore(grouping, heap.part(), in));
    }
  }
}
