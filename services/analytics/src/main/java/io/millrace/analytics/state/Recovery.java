package io.millrace.analytics.state;

import io.millrace.loop.StopLoopException;
import io.millrace.loop.TryAgainException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one task to where it was when its inputs were committed last: its last snapshot, the
 * groups that belong to it, then what the journal says that it took in after that, in the same
 * order and in the same portions; where the query was another one then, as much of that as still
 * fits. Done in slices, so that the loop keeps its place in the group meanwhile. For one thread.
 */
public final class Recovery implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final StateLocation location;
  private final int task;
  private final Replay replay;
  private RangeReader reader;
  private Memory memory;
  private GroupLog groups;
  private Snapshot torn;
  private boolean loaded;
  private int next;
  private long done;
  private long total;

  public Recovery(StateLocation location, int task, Replay replay) {
    this.location = location;
    this.task = task;
    this.replay = replay;
  }

  /**
   * Goes on for a while.
   *
   * @return null while it is not finished; then where the journal goes on
   * @throws TryAgainException if a predecessor's last transaction is still undecided
   * @throws StopLoopException if the state cannot be rebuilt; the message says why and what to do
   */
  public JournalPosition step(long untilNanos) {
    if (memory == null) {
      location.topics().ensure();
      if (location.topics().undecided(task)) {
        throw TryAgainException.notReady(
            "REBUILDING_STATE", "the last transaction of a predecessor is still open");
      }
      open();
    }
    if (!loaded && !load(untilNanos)) {
      return null;
    }
    try {
      do {
        if (next >= memory.entries().size()) {
          return finish();
        }
        feed(memory.entries().get(next++));
      } while (System.nanoTime() < untilNanos);
    } catch (OffsetOutOfRangeException e) {
      throw tooShort(e.offsetOutOfRangePartitions().keySet().iterator().next());
    }
    return null;
  }

  /** Events that it has been fed so far. */
  public long done() {
    return done;
  }

  /** Events that it has to be fed. */
  public long total() {
    return total;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private void open() {
    close();
    replay.begin();
    total = 0;
    reader = new RangeReader(location.client(), location.group());
    List<String> topics = location.inputs().stream().map(SavedInput::topic).toList();
    History history = new History(location.fingerprint(), location.saves(), topics);
    if (torn != null) {
      history.leaveOut(torn);
    }
    reader.readAll(new TopicPartition(location.topics().state(), task), history::snapshotRecord);
    reader.readAll(new TopicPartition(location.topics().journal(), task), history::journalRecord);
    long[] committed =
        topics.stream()
            .mapToLong(topic -> reader.committed(new TopicPartition(topic, task)))
            .toArray();
    Memory found = memory(history, committed);
    if (!location.saves()) {
      found = horizon(found);
    }
    boolean foreign = found.snapshot() != null && !isOwn(found.snapshot());
    if (foreign && !replay.takeOver(found.snapshot())) {
      found = found.forgotten();
    }
    if (found.snapshot() != null) {
      if (!foreign) {
        replay.restore(found.snapshot().state());
      }
    } else if (!found.entries().isEmpty() && found.entries().getFirst().before() != null) {
      replay.clock(found.entries().getFirst().before().clock());
    }
    memory = found;
    groups = new GroupLog(replay);
    if (location.groups()) {
      reader.begin(new TopicPartition(location.topics().groups(), task));
    }
  }

  /** Goes on with the groups that belong to the snapshot; whether they are all there. */
  private boolean load(long untilNanos) {
    Snapshot snapshot = memory.snapshot();
    if (location.groups() && !reader.readOn(untilNanos, groups::add)) {
      return false;
    }
    if (groups.isNeeded() && !groups.fits(snapshot)) {
      if (location.exactlyOnce()) {
        throw mismatch("the groups that belong to the last snapshot are not there");
      }
      if (!groups.reaches(snapshot)) {
        torn = snapshot;
        memory = null; // The one before that is whole.
        return false;
      }
    }
    assign(memory);
    loaded = true;
    if (total > 0 || snapshot != null) {
      LOG.info(
          "{}, task {}: state of {} with {} groups, and {} events after it",
          location.group(),
          task,
          snapshot == null ? "nothing" : Instant.ofEpochMilli(snapshot.takenAt()),
          groups.groups(),
          total);
    }
    return true;
  }

  private boolean isOwn(Snapshot snapshot) {
    return snapshot.fingerprint() == location.fingerprint();
  }

  private Memory memory(History history, long[] committed) {
    if (Arrays.stream(committed).allMatch(offset -> offset < 0)) {
      // Nothing was ever committed, or it was forgotten: everything is read from the start again.
      return history.memory(new long[committed.length], true).forgotten();
    }
    try {
      return history.memory(committed, !location.exactlyOnce());
    } catch (BrokenHistoryException e) {
      throw mismatch(e.getMessage());
    }
  }

  private StopLoopException mismatch(String reason) {
    return new StopLoopException(
        "STATE_MISMATCH",
        ("what the query remembers (task %d, topics %s) does not fit the offsets of group %s: %s."
                + " Set the offsets back to what they were, or delete these topics to go on with"
                + " empty state")
            .formatted(task, location.topics().names(), location.group(), reason));
  }

  /** Leaves out entries whose events are older than anything that can still matter. */
  private Memory horizon(Memory all) {
    List<Entry> entries = all.entries();
    if (entries.isEmpty()) {
      return all;
    }
    long watermark = entries.getLast().before().watermark();
    long needed = watermark == Long.MIN_VALUE ? watermark : watermark - location.horizon();
    int first = 0;
    while (first < entries.size() - 1 && entries.get(first).before().highest() < needed) {
      first++;
    }
    return new Memory(
        null, new long[0], entries.subList(first, entries.size()), all.epoch(), all.stamp());
  }

  private void assign(Memory found) {
    Map<TopicPartition, Long> from = new HashMap<>();
    for (Entry entry : found.entries()) {
      if (entry instanceof Entry.Events events) {
        for (Part part : events.parts()) {
          from.merge(partition(part), part.from(), Math::min);
          total += part.to() - part.from();
        }
      }
    }
    reader
        .beginnings(from.keySet())
        .forEach((partition, beginning) -> {
          if (beginning > from.get(partition)) {
            throw tooShort(partition);
          }
        });
    reader.assign(from);
  }

  private void feed(Entry entry) {
    switch (entry) {
      case Entry.Tick tick -> replay.clock(tick.clock());
      case Entry.Events events -> {
        for (Part part : events.parts()) {
          List<ConsumerRecord<byte[], byte[]>> records =
              reader.read(partition(part), part.from(), part.to());
          replay.events(part.input(), part.replayed(), records, part.passedOver());
          done += part.to() - part.from();
        }
      }
      case Entry.Unknown unknown ->
          throw new IllegalStateException("entry " + unknown.sequence() + " is not understood");
    }
  }

  private JournalPosition finish() {
    close();
    Snapshot snapshot = memory.snapshot();
    return new JournalPosition(
        Math.max(memory.epoch(), groups.highestLife()) + 1,
        memory.sequence(),
        memory.positions(location.inputs().size()),
        memory.stamp(),
        snapshot,
        snapshot == null || !isOwn(snapshot),
        memory.entries(),
        groups.stale());
  }

  private TopicPartition partition(Part part) {
    return new TopicPartition(
        part.replayed() ? location.replays() : location.inputs().get(part.input()).topic(),
        part.partition());
  }

  private StopLoopException tooShort(TopicPartition partition) {
    String stream = partition.topic();
    for (int i = 0; i < location.inputs().size(); i++) {
      if (location.inputs().get(i).topic().equals(stream)) {
        stream = location.streams().get(i);
        break;
      }
    }
    return new StopLoopException(
        "STATE_NOT_RETAINED",
        ("what the query remembers cannot be rebuilt: stream %s does not hold events any more that"
                + " came since %s. Let it keep events for longer (its retention); to go on with empty"
                + " state, delete the topics %s")
            .formatted(
                stream,
                location.saves() ? "the last snapshot" : "the query's horizon",
                location.topics().names()));
  }
}
