package io.millrace.cep.group;

import io.millrace.cep.heap.HeapMeter;
import java.util.Arrays;

/** Groups by their keys, which come and go. Their order follows from what was done to them. */
final class KeptGroups {

  private static final int SMALLEST = 16;
  private static final long LOW = 0xFFFFFFFFL;

  /** Bytes of heap of an empty table, and of a place in it. */
  private static final long HEAP = 96;

  private static final long PLACE = 4 + 16;

  private final Grouping grouping;
  private final HeapMeter heap;
  private KeptGroup[] groups;
  private int size;

  /** Open addressing: the hash above, below it the group's number plus 1; 0 when free. */
  private long[] slots;

  /**
   * @param heap counts what it takes
   */
  KeptGroups(Grouping grouping, HeapMeter heap) {
    this.grouping = grouping;
    this.heap = heap;
    this.groups = new KeptGroup[SMALLEST];
    this.slots = new long[2 * SMALLEST];
    heap.add(HEAP + PLACE * SMALLEST);
  }

  int size() {
    return size;
  }

  /** By its number, from 0; a group gets another one when one before it leaves. */
  KeptGroup get(int number) {
    return groups[number];
  }

  /** The group of a row's key, or null. */
  KeptGroup find(Object[] row, int hash) {
    int mask = slots.length - 1;
    int at = hash & mask;
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      if ((int) (slot >>> 32) == hash) {
        KeptGroup group = groups[(int) slot - 1];
        if (grouping.matches(group, row)) {
          return group;
        }
      }
      at = (at + 1) & mask;
    }
    return null;
  }

  /** The number of the group of an equal key, or -1. */
  int number(KeptGroup like) {
    int mask = slots.length - 1;
    int at = like.hash & mask;
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      int number = (int) slot - 1;
      if ((int) (slot >>> 32) == like.hash && grouping.matches(groups[number], like)) {
        return number;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  /** Adds a group of a key that is not there. */
  void put(KeptGroup group) {
    if (size == groups.length) {
      resize(2 * size);
    }
    slots[free(group.hash)] = entry(group.hash, size);
    groups[size++] = group;
    heap.add(bytes(group));
  }

  /** Takes a group out; the last one gets its number. */
  void remove(int number) {
    KeptGroup gone = groups[number];
    heap.add(-bytes(gone));
    vacate(slot(gone.hash, number));
    int last = --size;
    if (number < last) {
      KeptGroup moved = groups[last];
      slots[slot(moved.hash, last)] = entry(moved.hash, number);
      groups[number] = moved;
    }
    groups[last] = null;
  }

  /** Gives back room that many groups have left; called when they have. */
  void trim() {
    if (groups.length > SMALLEST && size < groups.length / 4) {
      resize(Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, size)) << 1));
    }
  }

  /** What a group takes of the heap now. */
  long bytes(KeptGroup group) {
    return grouping.heap(group) + KeptGroup.HEAP;
  }

  private void resize(int room) {
    heap.add(PLACE * (room - groups.length));
    groups = Arrays.copyOf(groups, room);
    slots = new long[2 * room];
    for (int i = 0; i < size; i++) {
      slots[free(groups[i].hash)] = entry(groups[i].hash, i);
    }
  }

  private int free(int hash) {
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Where a group is. */
  private int slot(int hash, int number) {
    int mask = slots.length - 1;
    long entry = entry(hash, number);
    int at = hash & mask;
    while (slots[at] != entry) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Frees a slot; those behind it that were pushed on by it move up. */
  private void vacate(int slot) {
    int mask = slots.length - 1;
    int hole = slot;
    int at = hole;
    while (true) {
      at = (at + 1) & mask;
      long entry = slots[at];
      if (entry == 0) {
        break;
      }
      int home = (int) (entry >>> 32) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        slots[hole] = entry;
        hole = at;
      }
    }
    slots[hole] = 0;
  }

  private static long entry(int hash, int number) {
    return ((long) hash << 32) | ((number + 1) & LOW);
  }
}
