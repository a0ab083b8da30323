package io.millrace.cep.group;

import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Arrays;

/** Groups by their keys, in the order in which the keys first came. */
public final class GroupTable {

  private static final int SMALLEST = 16;
  private static final long LOW = 0xFFFFFFFFL;

  /** Bytes of heap of an empty table, and of a place in it. */
  private static final long HEAP = 96;

  private static final long PLACE = 4 + 16;

  private final Grouping grouping;
  private final HeapMeter heap;
  private Group[] groups;
  private int size;

  /** Open addressing: the hash above, below it the group's number plus 1; 0 when free. */
  private long[] slots;

  /**
   * @param expected how many groups it makes room for
   * @param heap counts what it takes
   */
  public GroupTable(Grouping grouping, int expected, HeapMeter heap) {
    this.grouping = grouping;
    this.heap = heap;
    int room = Integer.highestOneBit(Math.max(SMALLEST, expected) - 1) << 1;
    this.groups = new Group[room];
    this.slots = new long[2 * room];
    heap.add(HEAP + PLACE * room);
  }

  public int size() {
    return size;
  }

  /** By the order in which the keys first came, from 0. */
  public Group get(int index) {
    return groups[index];
  }

  /** Adds a row to the group of its key, a new one when there was none; returns that group. */
  public Group add(Object[] row) {
    Group group = find(row);
    long more = grouping.add(group, row);
    if (more != 0) {
      heap.add(more);
    }
    return group;
  }

  /** Tells that it is not used any more. */
  public void drop() {
    heap.clear();
  }

  private Group find(Object[] row) {
    int hash = grouping.hash(row);
    int mask = slots.length - 1;
    int at = hash & mask;
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      if ((int) (slot >>> 32) == hash) {
        Group group = groups[(int) slot - 1];
        if (grouping.matches(group, row)) {
          return group;
        }
      }
      at = (at + 1) & mask;
    }
    Group group = grouping.create(row);
    put(group, at);
    return group;
  }

  /** Takes in all groups of another table, as if they had come later, and leaves it as it is. */
  public void merge(GroupTable later) {
    for (int i = 0; i < later.size; i++) {
      Group group = later.groups[i];
      int at = slot(group);
      Group mine = at >= 0 ? groups[(int) slots[at] - 1] : grouping.empty(group);
      if (at < 0) {
        put(mine, -at - 1);
      }
      heap.add(grouping.merge(mine, group));
    }
  }

  /** Takes in all groups of another table, which is not used any more afterwards. */
  public void takeOver(GroupTable later) {
    for (int i = 0; i < later.size; i++) {
      Group group = later.groups[i];
      int at = slot(group);
      if (at < 0) {
        put(group, -at - 1);
      } else {
        heap.add(grouping.merge(groups[(int) slots[at] - 1], group));
      }
    }
  }

  /** Where the group of an equal key is, or -1 less the slot where it would go. */
  private int slot(Group group) {
    int mask = slots.length - 1;
    int at = group.hash & mask;
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      if ((int) (slot >>> 32) == group.hash && grouping.matches(groups[(int) slot - 1], group)) {
        return at;
      }
      at = (at + 1) & mask;
    }
    return -at - 1;
  }

  private void put(Group group, int at) {
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, 2 * size);
      slots = new long[4 * size];
      heap.add(PLACE * size);
      for (int i = 0; i < size; i++) {
        slots[-slot(groups[i]) - 1] = entry(groups[i], i);
      }
      slots[-slot(group) - 1] = entry(group, size);
    } else {
      slots[at] = entry(group, size);
    }
    groups[size++] = group;
    heap.add(grouping.heap(group));
  }

  private static long entry(Group group, int index) {
    return ((long) group.hash << 32) | ((index + 1) & LOW);
  }

  /** Writes all groups in their order. */
  public void save(StateWriter out) {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      groups[i].save(out);
    }
  }

  /**
   * A table that was saved.
   *
   * @param heap counts what it takes
   */
  public static GroupTable restore(Grouping grouping, HeapMeter heap, StateReader in) {
    int size = in.readInt();
    GroupTable table = new GroupTable(grouping, size, heap);
    for (int i = 0; i < size; i++) {
      Group group = grouping.restore(in);
      table.put(group, -table.slot(group) - 1);
    }
    return table;
  }
}
