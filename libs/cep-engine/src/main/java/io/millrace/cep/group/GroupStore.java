package io.millrace.cep.group;

import io.millrace.cep.heap.HeapMeter;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.function.Supplier;

/**
 * The groups of an operator, and what of them has changed since they were written down last. Those
 * that have not can be put on a disk; they come back when a row comes for them.
 */
final class GroupStore {

  /** How much more is put on disk at one go than has to be, as a part of what stays. */
  private static final int SPARE = 5;

  /** So few changes are not worth being written down before their time. */
  private static final int FEW = 100;

  private final Grouping grouping;
  private final HeapMeter heap = new HeapMeter();
  private final KeptGroups groups;
  private final ChangedGroups changes;
  private final StateWriter writer = new StateWriter();
  private SpilledGroups spilled;

  /** The number of the group at which the search for those that are not used goes on. */
  private int hand;

  GroupStore(Grouping grouping) {
    this.grouping = grouping;
    this.groups = new KeptGroups(grouping, heap);
    this.changes = new ChangedGroups(heap);
  }

  /** The group of a row's key, or null. */
  KeptGroup find(Object[] row, int hash) {
    KeptGroup group = groups.find(row, hash);
    return group != null || spilled == null ? group : fetch(row, hash);
  }

  /** Brings a group back from the disk, if it is there. */
  private KeptGroup fetch(Object[] row, int hash) {
    KeptGroup group = grouping.kept(row, hash);
    writer.clear();
    group.saveKey(writer);
    byte[] content = spilled.take(writer.toBytes());
    if (content == null) {
      return null;
    }
    restore(group, content);
    groups.put(group);
    return group;
  }

  private static void restore(KeptGroup group, byte[] content) {
    StateReader in = new StateReader(content);
    group.stretch = in.readLong();
    group.restore(in);
    group.written = true;
  }

  /** A new group for the key of a row, which has none. */
  KeptGroup create(Object[] row, int hash, long stretch) {
    KeptGroup group = grouping.kept(row, hash);
    group.stretch = stretch;
    groups.put(group);
    return group;
  }

  /** Adds a row to its group. */
  void add(KeptGroup group, Object[] row) {
    group.used = true;
    long more = grouping.add(group, row);
    if (more != 0) {
      heap.add(more);
    }
  }

  /** Notes that a group is about to change. */
  void change(KeptGroup group) {
    if (!group.changed) {
      changes.add(group);
    }
  }

  /** Forgets what is not remembered for any longer. */
  void forget(Retention retention) {
    for (int i = groups.size() - 1; i >= 0; i--) {
      KeptGroup group = groups.get(i);
      if (!retention.keeps(group.stretch)) {
        groups.remove(i);
        changes.forget(group);
      }
    }
    changes.settle();
    groups.trim();
    if (spilled != null) {
      spilled.forget(retention, changes::forget);
    }
  }

  /**
   * Puts groups on disk that were not used for a while, until no more than so many bytes are in the
   * heap. Those that have changed stay: they have to be written down first.
   *
   * @param disks opens the disk when there is something to put there
   * @return false when there would be more room if what has changed were written down
   */
  boolean spill(long most, Supplier<GroupDisk> disks) {
    if (heap.bytes() <= most || !grouping.hasPlainKeys()) {
      return true;
    }
    if (changes.size() <= groups.size() / 2) {
      if (spilled == null) {
        spilled = new SpilledGroups(disks.get());
      }
      spill(most - most / SPARE);
    }
    return heap.bytes() <= most || changes.size() < FEW;
  }

  private void spill(long enough) {
    for (long i = 2L * groups.size(); i > 0 && groups.size() > 0 && heap.bytes() > enough; i--) {
      hand = hand < groups.size() ? hand : 0;
      KeptGroup group = groups.get(hand);
      if (group.used || group.changed) {
        group.used = false;
        hand++;
      } else {
        spilled.put(group.stretch, changes.key(group), changes.content(group));
        groups.remove(hand);
      }
    }
    groups.trim();
  }

  /** Writes down what has changed. */
  void write(long tag, GroupChanges to) {
    changes.write(tag, to);
  }

  /**
   * Takes in a group that was written down, in place of what was written of it before.
   *
   * @param content null when it was forgotten
   */
  void load(byte[] key, byte[] content) {
    KeptGroup group = grouping.keptOf(new StateReader(key));
    int earlier = groups.number(group);
    if (earlier >= 0) {
      groups.remove(earlier);
    } else if (spilled != null) {
      spilled.take(key);
    }
    if (content == null) {
      return;
    }
    restore(group, content);
    groups.put(group);
  }

  /** How many groups are on disk. */
  long spilled() {
    return spilled == null ? 0 : spilled.size();
  }

  /** Lets go of what is on disk; it is not used any more. */
  void close() {
    if (spilled != null) {
      spilled.close();
      spilled = null;
    }
  }

  /** How many bytes of heap it takes, about. */
  long bytes() {
    return heap.bytes();
  }
}
