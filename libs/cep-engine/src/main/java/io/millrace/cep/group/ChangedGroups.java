package io.millrace.cep.group;

import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What has changed of groups since they were written down last. */
final class ChangedGroups {

  private static final int SMALLEST = 16;

  private final HeapMeter heap;
  private final StateWriter writer = new StateWriter();
  private KeptGroup[] groups = new KeptGroup[SMALLEST];
  private int size;

  /** The keys of groups that were written down and have left. */
  private final List<byte[]> forgotten = new ArrayList<>();

  /**
   * @param heap counts what it takes
   */
  ChangedGroups(HeapMeter heap) {
    this.heap = heap.part();
  }

  /** How many groups have changed or are forgotten. */
  int size() {
    return size + forgotten.size();
  }

  /** Notes that a group has changed. */
  void add(KeptGroup group) {
    if (group.changed) {
      return;
    }
    group.changed = true;
    if (size == groups.length) {
      groups = Arrays.copyOf(groups, 2 * size);
    }
    groups[size++] = group;
    heap.add(HeapSize.SLOT);
  }

  /** Notes that a group is forgotten; {@link #settle} comes after the last one of several. */
  void forget(KeptGroup group) {
    group.changed = false;
    if (group.written) {
      forget(key(group));
    }
  }

  /** Notes that a group is forgotten that was written down. */
  void forget(byte[] key) {
    forgotten.add(key);
    heap.add(HeapSize.of(key) + HeapSize.SLOT);
  }

  /** Lets go of the groups that are forgotten. */
  void settle() {
    int left = 0;
    for (int i = 0; i < size; i++) {
      if (groups[i].changed) {
        groups[left++] = groups[i];
      }
    }
    Arrays.fill(groups, left, size, null);
    heap.add(-HeapSize.SLOT * (size - left));
    size = left;
  }

  /** Writes everything down. */
  void write(long tag, GroupChanges to) {
    for (byte[] key : forgotten) {
      to.changed(tag, key, null);
    }
    for (int i = 0; i < size; i++) {
      KeptGroup group = groups[i];
      to.changed(tag, key(group), content(group));
      group.changed = false;
      group.written = true;
    }
    forgotten.clear();
    groups = new KeptGroup[SMALLEST];
    size = 0;
    heap.clear();
  }

  byte[] key(KeptGroup group) {
    writer.clear();
    group.saveKey(writer);
    return writer.toBytes();
  }

  byte[] content(KeptGroup group) {
    writer.clear();
    writer.writeLong(group.stretch);
    group.saveContent(writer);
    return writer.toBytes();
  }
}
