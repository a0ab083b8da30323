package io.millrace.connector.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Runs a source connector and its tasks as an exactly-once Kafka Connect worker does: what a task
 * polled becomes visible together with its offsets when it is committed, or never. Not thread-safe:
 * one test drives it.
 */
public final class SourceHarness implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Supplier<SourceConnector> connectors;
  private final Supplier<SourceTask> taskMaker;
  private final Map<String, String> config;
  private final MemoryOffsets offsets = new MemoryOffsets();
  private final List<SourceRecord> committed = new ArrayList<>();
  private final List<Running> tasks = new ArrayList<>();
  private final List<SourceTask> zombies = new ArrayList<>();
  private SourceConnector connector;
  private boolean keep = true;
  private Consumer<SourceRecord> onCommit = record -> {};
  private volatile boolean reconfigure;
  private int maxTasks = 1;

  private record Running(SourceTask task, List<SourceRecord> pending) {}

  public SourceHarness(
      Supplier<SourceConnector> connectors,
      Supplier<SourceTask> taskMaker,
      Map<String, String> config) {
    this.connectors = connectors;
    this.taskMaker = taskMaker;
    this.config = new HashMap<>(config);
  }

  /** Starts the connector and up to so many tasks, from the committed offsets. */
  public SourceHarness start(int upTo) {
    maxTasks = upTo;
    reconfigure = false;
    connector = connectors.get();
    connector.initialize(new Context());
    connector.start(config);
    startTasks();
    return this;
  }

  private void startTasks() {
    List<Map<String, String>> configs = connector.taskConfigs(maxTasks);
    assertThat(configs).as("task configurations").hasSizeLessThanOrEqualTo(maxTasks);
    for (Map<String, String> taskConfig : configs) {
      SourceTask task = taskMaker.get();
      Map<String, String> effective = new HashMap<>(taskConfig);
      task.initialize(new MemorySourceContext(effective, offsets));
      task.start(effective);
      tasks.add(new Running(task, new ArrayList<>()));
    }
  }

  /** Polls every task once; what comes stays invisible until {@link #commit()}. */
  public int poll() {
    if (reconfigure) {
      reconfigure = false;
      stopTasks();
      startTasks();
    }
    int count = 0;
    for (Running running : tasks) {
      try {
        List<SourceRecord> records = running.task().poll();
        if (records != null) {
          running.pending().addAll(records);
          count += records.size();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return count;
  }

  /** Commits what was polled, records and offsets together. */
  public void commit() {
    for (Running running : tasks) {
      commit(running);
    }
  }

  private void commit(Running running) {
    Map<String, ?> where = null;
    Map<String, ?> before = null;
    for (SourceRecord record : running.pending()) {
      if (!record.sourceOffset().equals(before) || !record.sourcePartition().equals(where)) {
        offsets.put(record.sourcePartition(), record.sourceOffset());
        where = record.sourcePartition();
        before = record.sourceOffset();
      }
      if (keep) {
        committed.add(record);
      }
      onCommit.accept(record);
    }
    try {
      for (SourceRecord record : running.pending()) {
        running.task().commitRecord(record, null);
      }
      running.task().commit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    running.pending().clear();
  }

  /** Polls and commits until the condition holds; fails after a minute. */
  public void runUntil(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      poll();
      commit();
    }
  }

  /** Polls and commits at random, and crashes at random in between, until the condition holds. */
  public void runAndCrashUntil(
      String what, Random random, int upToTasks, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      poll();
      switch (random.nextInt(6)) {
        case 0 -> {
          crash();
          start(1 + random.nextInt(upToTasks));
        }
        case 1 -> {
          // goes on without a commit: transactions span polls
        }
        default -> commit();
      }
    }
  }

  /** Drops the tasks without a commit; they stay behind as zombies until {@link #close()}. */
  public void crash() {
    tasks.forEach(running -> zombies.add(running.task()));
    tasks.clear();
    connector.stop();
  }

  /** Stops as a worker does: tasks are stopped and what they had polled is committed. */
  public void stop() {
    stopTasks();
    connector.stop();
  }

  private void stopTasks() {
    for (Running running : tasks) {
      commit(running);
      running.task().stop();
    }
    tasks.clear();
  }

  /** Every record that was committed, in order of the commits. */
  public List<SourceRecord> committed() {
    return List.copyOf(committed);
  }

  /** Whether {@link #committed()} is filled; for tests of more records than memory holds. */
  public void keepRecords(boolean kept) {
    keep = kept;
  }

  /** Is given every record when it is committed. */
  public void onCommit(Consumer<SourceRecord> listener) {
    onCommit = listener;
  }

  /** The committed records of one topic. */
  public List<SourceRecord> committed(String topic) {
    return committed.stream().filter(r -> topic.equals(r.topic())).toList();
  }

  public MemoryOffsets offsets() {
    return offsets;
  }

  public int taskCount() {
    return tasks.size();
  }

  @Override
  public void close() {
    tasks.forEach(running -> running.task().stop());
    tasks.clear();
    zombies.forEach(SourceTask::stop);
    zombies.clear();
  }

  private final class Context
      implements ConnectorContext, org.apache.kafka.connect.source.SourceConnectorContext {
    @Override
    public void requestTaskReconfiguration() {
      reconfigure = true;
    }

    @Override
    public void raiseError(Exception e) {
      throw new AssertionError("the connector failed", e);
    }

    @Override
    public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
      return null;
    }

    @Override
    public org.apache.kafka.connect.storage.OffsetStorageReader offsetStorageReader() {
      return offsets;
    }
  }
}
