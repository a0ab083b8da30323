package io.millrace.analytics.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes sense of journal and snapshots as they were found: leaves out what an earlier life of the
 * task wrote that a later one did not build upon, and finds the query that went on last.
 *
 * <p>Each life of a task that does not go on from a snapshot of its own query begins by writing
 * one, and entries count on through all of them. So the last snapshot and the entries of its query
 * after it are what there is; an entry of another query behind it is one of a life that cannot be
 * gone on with.
 */
final class History {

  private static final Comparator<Snapshot> AGE =
      Comparator.comparingLong(Snapshot::epoch).thenComparingLong(Snapshot::sequence);

  private final long fingerprint;
  private final boolean saves;
  private final List<String> inputs;
  private final SnapshotCodec.Assembly snapshots;
  private final List<EntryCodec.Marked> entries = new ArrayList<>();
  private long highestEpoch;
  private long foreignEpoch;
  private long stamp;
  private Snapshot torn;

  /**
   * @param saves whether the query saves what it remembers; else the journal stands for itself and
   *     may begin anywhere
   * @param inputs the topics that the query reads
   */
  History(long fingerprint, boolean saves, List<String> inputs) {
    this.fingerprint = fingerprint;
    this.saves = saves;
    this.inputs = List.copyOf(inputs);
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
    if (!isOf(fingerprint, marked)) {
      foreignEpoch = Math.max(foreignEpoch, entry.epoch());
    }
    if (!entries.isEmpty()) {
      if (entry.epoch() < entries.getLast().entry().epoch()) {
        return; // Written by one that did not know yet that it had been replaced.
      }
      if (entry.epoch() > entries.getLast().entry().epoch()) {
        while (!entries.isEmpty() && entries.getLast().entry().sequence() >= entry.sequence()) {
          entries.removeLast();
        }
      }
    }
    entries.add(marked);
  }

  /** Says that of a snapshot not everything is there: neither it nor a later one is of use. */
  void leaveOut(Snapshot snapshot) {
    torn = snapshot;
  }

  /**
   * What is kept. If the query that went on last is another one, what is kept of that, with the
   * inputs as they are numbered now.
   *
   * @param committed by input the offset from which the loop goes on, or -1
   * @param ahead whether what is beyond those is left out (it will be processed again); else it is
   *     an error
   * @throws BrokenHistoryException if something is missing, or beyond the committed offsets
   */
  Memory memory(long[] committed, boolean ahead) {
    if (!saves) {
      return ownEntries(committed, ahead);
    }
    for (Snapshot candidate : newestFirst()) {
      if (superseded(candidate)) {
        continue;
      }
      int[] numbers = numbers(candidate);
      long[] start = start(candidate, numbers);
      if (within(start, committed)) {
        return after(candidate, numbers, start, committed, ahead);
      }
      if (!ahead) {
        throw beyond();
      }
    }
    return ownEntries(committed, ahead);
  }

  /** What stands on a snapshot. */
  private Memory after(
      Snapshot snapshot, int[] numbers, long[] start, long[] committed, boolean ahead) {
    if (Arrays.stream(numbers).anyMatch(number -> number < 0)) {
      return nothing(); // Of a query with inputs that this one does not read.
    }
    List<Entry> after = new ArrayList<>();
    for (EntryCodec.Marked marked : entries) {
      Entry entry = marked.entry();
      if (entry.epoch() < snapshot.epoch() || entry.sequence() <= snapshot.sequence()) {
        continue;
      }
      if (!isOf(snapshot.fingerprint(), marked)) {
        boolean torn = ahead && entry.before() == null && !(entry instanceof Entry.Unknown);
        if (torn) {
          break; // The first that a life wrote, and its snapshot is not there: nor its offsets.
        }
        return nothing();
      }
      after.add(renumbered(entry, numbers));
    }
    return kept(snapshot, start, after, committed, ahead);
  }

  /** What stands for itself. */
  private Memory ownEntries(long[] committed, boolean ahead) {
    long floor = Math.max(foreignEpoch, snapshots.foreignEpoch());
    List<Entry> own =
        entries.stream().map(EntryCodec.Marked::entry).filter(e -> e.epoch() > floor).toList();
    return kept(null, new long[0], own, committed, ahead);
  }

  private Memory kept(
      Snapshot snapshot, long[] start, List<Entry> after, long[] committed, boolean ahead) {
    List<Entry> kept = new ArrayList<>();
    long last = snapshot == null ? 0 : snapshot.sequence();
    for (Entry entry : after) {
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
    return new Memory(snapshot, start, kept, epoch(), stamp);
  }

  private Memory nothing() {
    return new Memory(null, new long[0], List.of(), epoch(), stamp);
  }

  private long epoch() {
    return Math.max(highestEpoch, snapshots.highestEpoch());
  }

  private static boolean isOf(long fingerprint, EntryCodec.Marked marked) {
    return marked.fingerprint() == fingerprint && !(marked.entry() instanceof Entry.Unknown);
  }

  private List<Snapshot> newestFirst() {
    return snapshots.complete().stream()
        .filter(snapshot -> torn == null || AGE.compare(snapshot, torn) < 0)
        .sorted(AGE.reversed())
        .toList();
  }

  /** Whether a later life of the task went on from before it. */
  private boolean superseded(Snapshot snapshot) {
    return entries.stream()
        .map(EntryCodec.Marked::entry)
        .anyMatch(e -> e.epoch() > snapshot.epoch() && e.sequence() <= snapshot.sequence());
  }

  /** For each input of the query that wrote it the number that it has now, or -1. */
  private int[] numbers(Snapshot snapshot) {
    return snapshot.inputs().stream().mapToInt(input -> inputs.indexOf(input.topic())).toArray();
  }

  private long[] start(Snapshot snapshot, int[] numbers) {
    long[] start = new long[inputs.size()];
    Arrays.fill(start, -1);
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] >= 0) {
        start[numbers[i]] = snapshot.positions()[i];
      }
    }
    return start;
  }

  private static Entry renumbered(Entry entry, int[] numbers) {
    return entry instanceof Entry.Events events
        ? new Entry.Events(
            events.epoch(),
            events.sequence(),
            events.parts().stream().map(part -> part.of(numbers[part.input()])).toList(),
            events.before(),
            events.stamp())
        : entry;
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
