package io.millrace.analytics.state;

import io.millrace.cep.StatefulTask;
import io.millrace.loop.TaskOutput;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Writes down what one task takes in and what it remembers, as part of what the loop commits. For
 * one thread.
 */
public final class Journal {

  /** Entries this near to one another are trimmed together. */
  private static final long GRAIN_MILLIS = 1000;

  private final StateLocation location;
  private final int task;
  private final long epoch;
  private final long[] positions;
  private final Queue<Grain> grains = new ArrayDeque<>();
  private Grain youngest;
  private List<byte[]> stale;
  private long sequence;
  private long stamp;
  private long lastSnapshot;
  private long trimmed;

  /** Entries of one moment: their first stamp, and the latest event time in them. */
  private static final class Grain {
    final long stamp;
    long highest;

    Grain(long stamp, long highest) {
      this.stamp = stamp;
      this.highest = highest;
    }
  }

  public Journal(StateLocation location, int task, JournalPosition from) {
    this.location = location;
    this.task = task;
    this.epoch = from.epoch();
    this.sequence = from.sequence();
    this.positions = from.positions();
    this.stamp = from.stamp();
    this.stale = from.stale();
    this.lastSnapshot = from.snapshot() == null ? 0 : from.snapshot().takenAt();
    for (Entry entry : from.entries()) {
      if (entry.before() != null) {
        grain(entry.stamp(), entry.before().highest());
      }
    }
  }

  /** The number of the last entry. */
  public long sequence() {
    return sequence;
  }

  /** Notes events that the task has processed. */
  public void events(List<Part> parts, Entry.Before before, TaskOutput output) {
    for (Part part : parts) {
      if (!part.replayed()) {
        positions[part.input()] = part.to();
      }
    }
    emit(new Entry.Events(epoch, ++sequence, parts, before, stamp()), output);
  }

  /** Notes that the wall clock made event time go on. */
  public void tick(byte[] clock, Entry.Before before, TaskOutput output) {
    emit(new Entry.Tick(epoch, ++sequence, clock, before, stamp()), output);
  }

  /**
   * Writes a snapshot, and the groups that changed since the last one; once it is there, everything
   * before the last one is removed.
   *
   * @return how many bytes it took
   */
  public long snapshot(StatefulTask remembers, TaskOutput output) {
    long now = stamp();
    GroupWriter groups = new GroupWriter(location.topics().groups(), task, now, output);
    byte[] state = remembers.save(epoch, groups);
    if (location.groups()) {
      groups.remove(stale);
      stale = List.of();
      groups.end(epoch, sequence);
    }
    Snapshot snapshot =
        new Snapshot(
            location.fingerprint(),
            epoch,
            sequence,
            location.inputs(),
            positions.clone(),
            state,
            now);
    for (byte[] record : SnapshotCodec.write(snapshot)) {
      output.emit(location.topics().state(), task, null, record, now);
    }
    long before = lastSnapshot;
    if (before > 0) {
      output.whenCommitted(() -> location.topics().trim(task, before));
    }
    lastSnapshot = now;
    return state.length + groups.bytes();
  }

  /**
   * Removes entries of a query that does not save, which can matter no more.
   *
   * @param watermark the event time that the task has reached, microseconds
   */
  public void trim(long watermark, TaskOutput output) {
    while (grains.size() > 1 && grains.peek().highest < watermark - location.horizon()) {
      grains.remove();
    }
    if (!grains.isEmpty() && grains.peek().stamp > trimmed) {
      trimmed = grains.peek().stamp;
      long before = trimmed;
      output.whenCommitted(() -> location.topics().trim(task, before));
    }
  }

  private void emit(Entry entry, TaskOutput output) {
    if (entry.before() != null) {
      grain(entry.stamp(), entry.before().highest());
    }
    output.emit(
        location.topics().journal(),
        task,
        null,
        EntryCodec.write(location.fingerprint(), entry),
        entry.stamp());
  }

  private void grain(long at, long highest) {
    if (youngest == null || at - youngest.stamp >= GRAIN_MILLIS) {
      youngest = new Grain(at, highest);
      grains.add(youngest);
    } else {
      youngest.highest = Math.max(youngest.highest, highest);
    }
  }

  private long stamp() {
    stamp = Math.max(stamp, System.currentTimeMillis());
    return stamp;
  }
}
