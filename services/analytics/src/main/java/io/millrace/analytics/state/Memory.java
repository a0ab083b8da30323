package io.millrace.analytics.state;

import java.util.List;

/**
 * What is kept of a task.
 *
 * @param snapshot where it begins, or null for a task that remembers nothing; perhaps of another
 *     query
 * @param start the positions of the snapshot, by input of this query
 * @param entries what came after that, in order
 * @param epoch the highest that was ever written
 * @param stamp the latest time of a record of its journal or snapshots, milliseconds since the
 *     epoch; 0 if there is none
 */
record Memory(Snapshot snapshot, long[] start, List<Entry> entries, long epoch, long stamp) {

  Memory {
    entries = List.copyOf(entries);
  }

  /** The number of the last entry; 0 for a task that remembers nothing. */
  long sequence() {
    return entries.isEmpty()
        ? snapshot == null ? 0 : snapshot.sequence()
        : entries.getLast().sequence();
  }

  /** A task that remembers nothing, in a new life. */
  Memory forgotten() {
    return new Memory(null, new long[0], List.of(), epoch, stamp);
  }

  /** By input the offset behind the last event that it holds, or -1. */
  long[] positions(int inputs) {
    long[] positions = new long[inputs];
    for (int i = 0; i < inputs; i++) {
      positions[i] = i < start.length ? start[i] : -1;
    }
    for (Entry entry : entries) {
      if (entry instanceof Entry.Events events) {
        for (Part part : events.parts()) {
          if (!part.replayed()) {
            positions[part.input()] = part.to();
          }
        }
      }
    }
    return positions;
  }
}
