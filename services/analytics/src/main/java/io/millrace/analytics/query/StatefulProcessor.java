package io.millrace.analytics.query;

import io.millrace.analytics.query.InputReader.Events;
import io.millrace.analytics.state.Entry;
import io.millrace.analytics.state.Journal;
import io.millrace.analytics.state.JournalPosition;
import io.millrace.analytics.state.Part;
import io.millrace.analytics.state.Recovery;
import io.millrace.analytics.state.Replay;
import io.millrace.analytics.state.Snapshot;
import io.millrace.cep.StatefulTask;
import io.millrace.cep.Takeover;
import io.millrace.host.query.OutputWatermarks;
import io.millrace.loop.Channel;
import io.millrace.loop.InputBatch;
import io.millrace.loop.LoopInput;
import io.millrace.loop.TaskOutput;
import io.millrace.loop.TaskProcessor;
import io.millrace.loop.TryAgainException;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.Watermark;
import io.millrace.schemas.type.AvroTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of a stateful query. Before its first events it is brought to where its predecessor was;
 * from then on everything that it is given is journalled with what comes of it.
 */
final class StatefulProcessor implements TaskProcessor {

  /** How long rebuilding may keep the loop from answering to its group. */
  private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Snapshots may take one part in so many of the time. */
  private static final int SNAPSHOT_SHARE = 20;

  /** The same when they have to make room. */
  private static final int FULL_SHARE = 4;

  /** When no more than this part of the groups may stay, they make room at once. */
  private static final double URGENT = 0.75;

  /** After so many groups it is counted what they take. */
  private static final int COUNTED = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(StatefulProcessor.class);

  private final QuerySetup setup;
  private final int number;
  private final Results results;
  private final List<InputReader> readers = new ArrayList<>();
  private final Map<String, InputReader> byTopic = new HashMap<>();
  private final TaskMeter meter;
  private final Again again = new Again();
  private final OutputWatermarks told;
  private StatefulTask task;
  private Recovery recovery;
  private Journal journal;
  private boolean begins;
  private long nextSnapshot;
  private long nextIfFull = System.nanoTime();
  private boolean changed;

  /** Whether there would be more room once what has changed is saved. */
  private boolean full;

  private long remembered;

  StatefulProcessor(QuerySetup setup, int number) {
    this.setup = setup;
    this.number = number;
    this.results = new Results(setup.plan(), number, setup.schemas());
    this.task = setup.task(results);
    for (StreamDefinition input : setup.plan().inputs()) {
      InputReader reader = new InputReader(readers.size(), input, setup.schemas());
      readers.add(reader);
      byTopic.put(input.getTopic(), reader);
    }
    this.told = new OutputWatermarks(setup.plan());
    this.meter = setup.meter().task(number);
    this.recovery = new Recovery(setup.location(), number, again);
  }

  @Override
  public void process(List<InputBatch> batches, TaskOutput output) {
    rebuild();
    begin(output);
    results.to(output, journal.sequence() + 1, task.watermark());
    Entry.Before before = null;
    if (!setup.query().saves()) {
      before = new Entry.Before(task.clock(), task.watermark(), highest(batches));
    }
    List<Part> parts = new ArrayList<>(batches.size());
    for (InputBatch batch : batches) {
      InputReader reader = byTopic.get(batch.input().topic());
      Events events = reader.read(batch, output);
      parts.add(part(reader, batch, events));
      task.process(
          reader.name(),
          events.rows(),
          events.times(),
          events.channels(),
          events.watermarks(),
          new RefusedEvents(setup.meter(), reader, events, output));
    }
    journal.events(parts, before, output);
    tellTime(output);
    after(output);
  }

  @Override
  public void tick(long nowMillis, TaskOutput output) {
    rebuild();
    begin(output);
    results.to(output, journal.sequence() + 1, task.watermark());
    boolean saves = setup.query().saves();
    byte[] clock = saves ? null : task.clock();
    long watermark = task.watermark();
    if (task.tick(nowMillis)) {
      journal.tick(
          task.clock(),
          saves ? null : new Entry.Before(clock, watermark, task.watermark()),
          output);
      changed = true;
    }
    count();
    tellTime(output);
    if (changed) {
      snapshotIfDue(output);
    }
  }

  private void tellTime(TaskOutput output) {
    int channel = Channel.number(number, setup.plan().writer());
    if (setup.resultLag() < 0) {
      told.tell(channel, Watermark.NONE, Watermark.Kind.UNKNOWN, output);
      return;
    }
    long reached = task.resultWatermark();
    told.tell(
        channel,
        reached == Watermark.NONE ? reached : reached - setup.resultLag(),
        task.idle() ? Watermark.Kind.IDLE : Watermark.Kind.ACTIVE,
        output);
  }

  @Override
  public void close() {
    setup.meter().remove(number, meter);
    setup.account().release(remembered);
    task.close();
    if (recovery != null) {
      recovery.close();
    }
  }

  private void count() {
    makeRoom();
    settle();
  }

  /** Puts on disk what there is no room for, as far as that can be done before a snapshot. */
  private void makeRoom() {
    double part = setup.account().mayStay(task.remembers() - remembered);
    if (part < 1) {
      full = !task.spill(part, setup.account().least(), setup.disks());
      meter.onDisk = task.spilled();
      if (full && part < URGENT) {
        nextIfFull = System.nanoTime();
      }
    }
  }

  /** Counts what the task remembers, and ends the query when that is too much. */
  private void settle() {
    long more = task.remembers() - remembered;
    remembered += more;
    meter.stateMemory = remembered;
    setup.account().grow(more);
  }

  private void after(TaskOutput output) {
    changed = true;
    meter.watermark = task.watermark();
    makeRoom();
    boolean waits = full;
    snapshotIfDue(output);
    if (waits && !full) {
      makeRoom();
    }
    settle();
  }

  /** Goes on with rebuilding, if it is not done; nothing can be processed until then. */
  private void rebuild() {
    if (journal != null) {
      return;
    }
    results.to(null, 0, Long.MIN_VALUE);
    JournalPosition position = recovery.step(System.nanoTime() + SLICE_NANOS);
    count();
    meter.restored = recovery.done();
    meter.toRestore = recovery.total();
    if (position == null) {
      throw TryAgainException.notReady(
          "REBUILDING_STATE",
          "rebuilding state: %d of %d events".formatted(recovery.done(), recovery.total()));
    }
    if (again.takeover != null) {
      // What another query had no part in begins now, and has seen nothing of what was replayed.
      StatefulTask whole = setup.task(results);
      whole.continueFrom(task);
      task = whole;
    }
    journal = new Journal(setup.location(), number, position);
    begins = position.begins() && setup.query().saves();
    recovery.close();
    recovery = null;
    meter.watermark = task.watermark();
    meter.ready = true;
    if (position.snapshot() != null) {
      meter.stateBytes = position.snapshot().state().length;
      meter.snapshotAt = position.snapshot().takenAt();
    }
    changed = !position.entries().isEmpty();
    nextSnapshot = System.nanoTime() + setup.settings().snapshot().toNanos();
  }

  /**
   * Before anything else a task writes down what it begins with, unless one of its own query has
   * done so: later lives build upon that, and need not know what it was taken from.
   */
  private void begin(TaskOutput output) {
    if (begins) {
      snapshot(output);
      begins = false;
    }
  }

  private void snapshotIfDue(TaskOutput output) {
    long started = System.nanoTime();
    if (started - (full ? nextIfFull : nextSnapshot) < 0) {
      return;
    }
    if (setup.query().saves()) {
      snapshot(output);
    } else {
      journal.trim(task.watermark(), output);
    }
    changed = false;
    full = false;
    long took = System.nanoTime() - started;
    nextSnapshot = started + Math.max(setup.settings().snapshot().toNanos(), took * SNAPSHOT_SHARE);
    nextIfFull = started + took * FULL_SHARE;
  }

  private void snapshot(TaskOutput output) {
    meter.stateBytes = journal.snapshot(task, output);
    meter.snapshotAt = System.currentTimeMillis();
  }

  private static Part part(InputReader reader, InputBatch batch, Events events) {
    return new Part(
        reader.index(),
        batch.replay(),
        batch.partition(),
        batch.from(),
        batch.to(),
        events.passedOver());
  }

  private static long highest(List<InputBatch> batches) {
    long highest = Long.MIN_VALUE;
    for (InputBatch batch : batches) {
      for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
        highest = Math.max(highest, record.timestamp() * 1000);
      }
    }
    return highest;
  }

  /** Feeds the task what it was fed before. */
  private final class Again implements Replay {

    private Takeover takeover;
    private long loaded;
    private List<InputReader> earlier = readers;

    @Override
    public void begin() {
      task.close();
      task = setup.task(results);
      takeover = null;
      earlier = readers;
    }

    @Override
    public void restore(byte[] state) {
      task.restore(state);
      count();
    }

    @Override
    public boolean takeOver(Snapshot snapshot) {
      Takeover found = setup.query().takeOver(snapshot.state()).orElse(null);
      if (found == null || found.kept().isEmpty()) {
        LOG.info(
            "{}, task {}: begins with empty state: nothing of the query before it fits",
            setup.location().group(),
            number);
        setup.meter().upgraded(List.of(), found == null ? List.of() : found.empty());
        return false;
      }
      LOG.info(
          "{}, task {}: the state of {} is kept, that of {} begins empty",
          setup.location().group(),
          number,
          found.kept(),
          found.empty());
      setup.meter().upgraded(found.kept(), found.empty());
      takeover = found;
      task.close();
      task = found.task();
      earlier = readers.stream().map(reader -> reader(reader.index(), snapshot)).toList();
      return true;
    }

    @Override
    public Set<Long> tags() {
      return task.tags();
    }

    @Override
    public void group(long tag, byte[] key, byte[] content) {
      task.load(tag, key, content);
      if (++loaded % COUNTED == 0) {
        count();
      }
    }

    private InputReader reader(int index, Snapshot snapshot) {
      StreamDefinition input = setup.plan().inputs().get(index);
      return snapshot.inputs().stream()
          .filter(saved -> saved.topic().equals(input.getTopic()))
          .findFirst()
          .map(
              saved -> new InputReader(index, input, AvroTypes.toRow(saved.row()), setup.schemas()))
          .orElse(readers.get(index));
    }

    @Override
    public void clock(byte[] clock) {
      task.restoreClock(clock);
    }

    @Override
    public void events(
        int input,
        boolean replayed,
        List<ConsumerRecord<byte[], byte[]>> records,
        long[] passedOver) {
      InputReader reader = earlier.get(input);
      if (records.isEmpty()) {
        return;
      }
      LoopInput from = setup.loop().inputs().get(input);
      Events events =
          reader.readAgain(
              replayed
                  ? InputBatch.replayed(from, records.getFirst())
                  : InputBatch.of(from, records),
              passedOver);
      task.process(
          reader.name(),
          events.rows(),
          events.times(),
          events.channels(),
          events.watermarks(),
          RefusedEvents.SILENT);
      count();
    }
  }
}
