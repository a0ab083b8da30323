package io.millrace.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * One membership in the group, from joining to leaving or to the first failure; a failure ends it,
 * and the loop opens the next one, which goes on from the committed offsets. All methods are called
 * by the loop's thread.
 */
final class Session implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PACE_MICROS = 3_000;

  private final LoopConfig config;
  private final LoopControl control;
  private final Positions positions;
  private final Tasks tasks;
  private final BatchOutput output;
  private final Committer committer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LagMeter lag;
  private boolean assigned;
  private boolean holding;
  private boolean closing;
  private int generation;
  private long nextTick;

  Session(
      LoopConfig config, TaskProcessorFactory factory, LoopControl control, LoopMetrics metrics) {
    this.config = config;
    this.control = control;
    this.tasks = new Tasks(config, factory, this::atEnd);
    this.output = new BatchOutput(config);
    BatchWriter writer = BatchWriter.open(config);
    try {
      consumer = new KafkaConsumer<>(Clients.consumer(config));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
    this.positions = new Positions(config, consumer, metrics);
    this.lag = new LagMeter(config, consumer, metrics);
    this.committer =
        new Committer(
            "millrace-commit-" + config.application() + "." + config.component(),
            writer,
            metrics,
            control::progressed);
  }

  /** Runs until the loop is told to stop, or until it has drained. */
  void run() {
    consumer.subscribe(tasks.topics(), new Rebalance());
    try {
      loop();
    } catch (RuntimeException e) {
      finishWhatWasProcessed(e);
      throw e;
    }
    committer.awaitIdle();
    commitOffsets(true);
  }

  /** One batch that fails must not take back those before it, or many would never get through. */
  private void finishWhatWasProcessed(RuntimeException failure) {
    try {
      committer.awaitIdle();
      commitOffsets(true);
    } catch (RuntimeException e) {
      if (!e.equals(failure)) { // an exception must not suppress itself
        failure.addSuppressed(e);
      }
    }
  }

  private void loop() {
    while (!control.stopRequested()) {
      committer.throwIfFailed();
      ConsumerRecords<byte[], byte[]> records = poll(POLL);
      commitOffsets(false);
      if (!records.isEmpty()) {
        process(records);
        if (records.count() < config.maxBatch() / 4) {
          committer.pace(PACE_MICROS);
        }
      }
      tick();
      if (assigned) {
        control.assigned(tasks.assigned());
        lag.measure(false);
        if (control.drainRequested() && drained(records)) {
          break;
        }
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    committer.close();
    tasks.close();
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(3)));
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    try {
      return consumer.poll(timeout);
    } catch (OffsetOutOfRangeException e) {
      positions.outOfRange(e.offsetOutOfRangePartitions());
      return ConsumerRecords.empty();
    }
  }

  private void process(ConsumerRecords<byte[], byte[]> records) {
    PendingBatch whole = new PendingBatch();
    Set<TopicPartition> rewound = new HashSet<>();
    int started = generation;
    Map<Integer, List<InputBatch>> split = tasks.split(records);
    for (Map.Entry<Integer, List<InputBatch>> task : split.entrySet()) {
      try {
        if (!processTask(task.getKey(), task.getValue(), started)) {
          return;
        }
        whole.append(output.take());
      } catch (RewindException e) {
        output.clear();
        rewound.addAll(positions.rewind(task.getKey(), e));
      }
    }
    for (TopicPartition partition : records.partitions()) {
      if (!rewound.contains(partition) && !tasks.isInput(partition.topic())) {
        whole.read(partition.topic(), records.records(partition).size());
      }
    }
    for (List<InputBatch> batches : split.values()) {
      for (InputBatch batch : batches) {
        if (!batch.replay()
            && !rewound.contains(new TopicPartition(batch.input().topic(), batch.partition()))) {
          count(batch, whole);
        }
      }
    }
    Map<TopicPartition, OffsetAndMetadata> after = new HashMap<>(records.nextOffsets());
    after.keySet().removeAll(rewound);
    whole.offsets(after, consumer.groupMetadata());
    committer.add(whole);
  }

  private static void count(InputBatch batch, PendingBatch whole) {
    whole.read(batch.input().topic(), batch.records().size());
    for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
      whole.readAt(record.timestamp());
    }
  }

  /** False when the task was taken away, or the loop told to stop, before it could be done. */
  private boolean processTask(int task, List<InputBatch> batches, int started) {
    while (true) {
      try {
        output.task(task);
        tasks.processor(task).process(batches, output);
        control.notWaiting();
        return true;
      } catch (TryAgainException e) {
        output.clear();
        control.waiting(e);
        if (!hold(e.after(), started)) {
          tasks.forget(task);
          control.notWaiting();
          return false;
        }
      }
    }
  }

  /** Stays in the group without taking events; false when the events in hand are not ours now. */
  private boolean hold(Duration time, int started) {
    long until = System.nanoTime() + time.toNanos();
    holding = true;
    try {
      consumer.pause(consumer.assignment());
      do {
        consumer.poll(Duration.ofMillis(50));
        committer.throwIfFailed();
        commitOffsets(false);
        lag.measure(false);
      } while (System.nanoTime() < until && started == generation && !control.stopRequested());
      consumer.resume(consumer.assignment());
    } finally {
      holding = false;
    }
    return started == generation && !control.stopRequested();
  }

  private void tick() {
    long now = System.currentTimeMillis();
    if (config.tick().isZero() || now < nextTick) {
      return;
    }
    nextTick = now + config.tick().toMillis();
    PendingBatch batch = new PendingBatch();
    Map<TopicPartition, OffsetAndMetadata> standing = new HashMap<>();
    for (int task : tasks.assigned()) {
      try {
        output.task(task);
        tasks.processor(task).tick(now, output);
        PendingBatch emitted = output.take();
        if (!emitted.outputs().isEmpty()) {
          batch.append(emitted);
          standing(task, standing);
        }
      } catch (RewindException e) {
        output.clear();
        positions.rewind(task, e);
      } catch (TryAgainException e) {
        output.clear();
        control.waiting(e);
        continue;
      }
      control.notWaiting();
    }
    if (!batch.outputs().isEmpty()) {
      batch.offsets(standing, consumer.groupMetadata());
      committer.add(batch);
    }
  }

  /**
   * Where a task stands. Committed with what it emits by itself, though nothing was read: it is the
   * offsets by which a member is fenced that has lost the task unknowingly.
   */
  private void standing(int task, Map<TopicPartition, OffsetAndMetadata> standing) {
    for (TopicPartition partition : consumer.assignment()) {
      if (partition.partition() == task && tasks.isInput(partition.topic())) {
        standing.put(partition, new OffsetAndMetadata(consumer.position(partition)));
      }
    }
  }

  private boolean atEnd(int task) {
    Set<TopicPartition> partitions =
        consumer.assignment().stream()
            .filter(p -> p.partition() == task && tasks.isInput(p.topic()))
            .collect(Collectors.toSet());
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p));
  }

  private boolean drained(ConsumerRecords<byte[], byte[]> records) {
    return records.isEmpty() && committer.idle() && lag.atTheVeryEnd();
  }

  private void commitOffsets(boolean now) {
    Map<TopicPartition, OffsetAndMetadata> written = new HashMap<>(committer.offsetsToCommit());
    written.keySet().retainAll(consumer.assignment());
    if (written.isEmpty()) {
      return;
    }
    if (now) {
      consumer.commitSync(written);
    } else {
      consumer.commitAsync(written, null);
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (closing) {
        return; // What could be committed has been, and the group is to be left all the same.
      }
      generation++;
      committer.awaitIdle();
      commitOffsets(true);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (closing) {
        return;
      }
      throw new IllegalStateException("the group gave this member up; it joins again");
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Set<Integer> now =
          partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
      tasks.assign(now, partitions);
      positions.start(partitions);
      if (holding) {
        consumer.pause(partitions);
      }
      assigned = true;
    }
  }
}
