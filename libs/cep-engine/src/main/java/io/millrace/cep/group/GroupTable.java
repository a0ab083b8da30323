package io.millrace.cep.group;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Arrays;

/** Groups by their keys, in the order in which the keys first came. */
public final class GroupTable {

  private static final int SMALLEST = 16;
  private static final long LOW = 0xFFFFFFFFL;

  private final Grouping grouping;
  private Group[] groups;
  private int size;

  /** Open addressing: the hash above, below it the group's number plus 1; 0 when free. */
  private long[] slots;

  /**
   * @param expected how many groups it makes room for
   */
  public GroupTable(Grouping grouping, int expected) {
    this.grouping = grouping;
    int room = Integer.highestOneBit(Math.max(SMALLEST, expected) - 1) << 1;
    this.groups = new Group[room];
    this.slots = new long[2 * room];
  }

  public int size() {
    return size;
  }

  /** By the order in which the keys first came, from 0. */
  public Group get(int index) {
    return groups[index];
  }

  /** Adds a row to the group of its key. */
  public void add(Object[] row) {
    find(row).add(row);
  }

  /** The group of a row's key, a new one when there was none. */
  public Group find(Object[] row) {
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
      mine.merge(group);
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
        groups[(int) slots[at] - 1].merge(group);
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
      for (int i = 0; i < size; i++) {
        slots[-slot(groups[i]) - 1] = entry(groups[i], i);
      }
      slots[-slot(group) - 1] = entry(group, size);
    } else {
      slots[at] = entry(group, size);
    }
    groups[size++] = group;
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

  /** A table that was saved. */
  public static GroupTable restore(Grouping grouping, StateReader in) {
    int size = in.readInt();
    GroupTable table = new GroupTable(grouping, size);
    for (int i = 0; i < size; i++) {
      Group group = grouping.restore(in);
      table.put(group, -table.slot(group) - 1);
    }
    return table;
  }
}
