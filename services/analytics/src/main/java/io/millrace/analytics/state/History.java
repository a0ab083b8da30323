package io.millrace.analytics.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes sense of journal and snapshots as they were found: leaves out what belongs to another
 * query, and what an earlier life of the task wrote that a later one did not build upon.
 */
final class History {

  private final long fingerprint;
  private final boolean saves;
  private final SnapshotCodec.Assembly snapshots;
  private final List<Entry> entries = new ArrayList<>();
  private long highestEpoch;
  private long foreignEpoch;
  private long stamp;

  /**
   * @param saves whether the query saves what it remembers; else the journal stands for itself and
   *     may begin anywhere
   */
  History(long fingerprint, boolean saves) {
    this.fingerprint = fingerprint;
    this.saves = saves;
    this.snapshots = new SnapshotCodec.Assembly(fingerprint);
  }

  void snapshotRecord(byte[] value, long recordStamp) {
    stamp = Math.max(stamp, recordStamp);
    snapshots.add(value);
  }

  void journalRecord(byte[] value, long recordStamp) {
    stamp = Math.max(stamp, recordStamp);
    EntryCodec.Marked marked = EntryCodec.read(value, recordStamp);
    Entry entry = marked.entry();
    highestEpoch = Math.max(highestEpoch, entry.epoch());
    if (marked.fingerprint() != fingerprint) {
      foreignEpoch = Math.max(foreignEpoch, entry.epoch());
      return;
    }
    if (!entries.isEmpty()) {
      if (entry.epoch() < entries.getLast().epoch()) {
        return; // Written by one that did not know yet that it had been replaced.
      }
      if (entry.epoch() > entries.getLast().epoch()) {
        while (!entries.isEmpty() && entries.getLast().sequence() >= entry.sequence()) {
          entries.removeLast();
        }
      }
    }
    entries.add(entry);
  }

  /**
   * What is kept.
   *
   * @param committed by input the offset from which the loop goes on, or -1
   * @param ahead whether what is beyond those is left out (it will be processed again); else it is
   *     an error
   * @throws BrokenHistoryException if something is missing, or beyond the committed offsets
   */
  Memory memory(long[] committed, boolean ahead) {
    long floor = Math.max(foreignEpoch, snapshots.foreignEpoch());
    List<Entry> valid = entries.stream().filter(e -> e.epoch() > floor).toList();
    Snapshot snapshot = null;
    for (Snapshot candidate : newestFirst(floor)) {
      boolean fits = within(candidate.positions(), committed);
      if (!superseded(candidate, valid) && (fits || !ahead)) {
        if (!fits) {
          throw beyond();
        }
        snapshot = candidate;
        break;
      }
    }
    List<Entry> kept = new ArrayList<>();
    long last = snapshot == null ? 0 : snapshot.sequence();
    for (Entry entry : valid) {
      if (snapshot != null && entry.sequence() <= snapshot.sequence()) {
        continue;
      }
      if (!fits(entry, committed)) {
        if (ahead) {
          break;
        }
        throw beyond();
      }
      if (entry.sequence() != last + 1 && !(kept.isEmpty() && !saves)) {
        throw new BrokenHistoryException(
            "the journal goes from entry %d to entry %d".formatted(last, entry.sequence()));
      }
      last = entry.sequence();
      kept.add(entry);
    }
    return new Memory(snapshot, kept, Math.max(highestEpoch, snapshots.highestEpoch()), stamp);
  }

  private List<Snapshot> newestFirst(long floor) {
    return snapshots.complete().stream()
        .filter(s -> s.epoch() > floor)
        .sorted(
            Comparator.comparingLong(Snapshot::epoch)
                .thenComparingLong(Snapshot::sequence)
                .reversed())
        .toList();
  }

  /** Whether a later life of the task went on from before it. */
  private static boolean superseded(Snapshot snapshot, List<Entry> entries) {
    return entries.stream()
        .anyMatch(e -> e.epoch() > snapshot.epoch() && e.sequence() <= snapshot.sequence());
  }

  private static boolean within(long[] positions, long[] committed) {
    for (int i = 0; i < positions.length && i < committed.length; i++) {
      if (positions[i] > Math.max(0, committed[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Entry entry, long[] committed) {
    if (entry instanceof Entry.Events events) {
      for (Part part : events.parts()) {
        if (!part.replayed() && part.to() > Math.max(0, committed[part.input()])) {
          return false;
        }
      }
    }
    return true;
  }

  private static BrokenHistoryException beyond() {
    return new BrokenHistoryException(
        "it holds events beyond the offsets that the consumer group has committed");
  }
}
