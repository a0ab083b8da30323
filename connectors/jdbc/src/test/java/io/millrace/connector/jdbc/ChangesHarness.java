package io.millrace.connector.jdbc;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.contract.MemoryPlatform;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.EventEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Runs the task as a worker would, record by record in the test's hands, with streams of any
 * schema: topics are lists here, and the task's wishes to go back are obeyed as a worker obeys
 * them, before the next poll.
 */
final class ChangesHarness implements AutoCloseable {

  final MemoryPlatform platform = new MemoryPlatform();
  final String application = "default.app" + UUID.randomUUID().toString().substring(0, 8);
  final Map<String, String> config;
  final Map<TopicPartition, List<byte[]>> log = new HashMap<>();

  private final Map<String, String> topics = new HashMap<>();
  private JdbcSinkTask task;
  private Context context;
  private Map<TopicPartition, Long> next;

  ChangesHarness(Map<String, String> options, Schema schema, StreamKind kind, List<String> key) {
    this(options, Map.of("stock", schema), kind, key);
  }

  ChangesHarness(
      Map<String, String> options, Map<String, Schema> streams, StreamKind kind, List<String> key) {
    List<StreamDefinition> definitions = new ArrayList<>();
    streams.forEach((name, schema) -> {
      String topic = application + "." + name;
      topics.put(name, topic);
      definitions.add(
          StreamDefinition.newBuilder()
              .setName(name)
              .setTopic(topic)
              .setRowSchema(schema.toString())
              .setKind(kind)
              .setPartitionBy(key)
              .setPartitions(2)
              .build());
    });
    Component component =
        Component.newBuilder()
            .setName("warehouse")
            .setKind(ComponentKind.SINK)
            .setService("delivery")
            .setFingerprint("f")
            .setConnector("jdbc")
            .setOptions(options)
            .setInputs(definitions.stream().map(StreamDefinition::getName).toList())
            .build();
    Plan plan =
        Plan.newBuilder()
            .setApplication(application)
            .setRevision(1)
            .setDesired(DesiredState.RUNNING)
            .setStreams(definitions)
            .setComponents(List.of(component))
            .build();
    config =
        new JdbcSinkProvider()
            .connectConfig(
                new ComponentContext(
                    plan,
                    component,
                    definitions,
                    List.of(),
                    Map.of("bootstrap.servers", "localhost:1")));
  }

  TopicPartition partition(String stream, int partition) {
    return new TopicPartition(topics.get(stream), partition);
  }

  TopicPartition replays() {
    return new TopicPartition(Topics.replays(application), 0);
  }

  void append(TopicPartition partition, Schema schema, Object[]... rows) {
    EventEncoder encoder = EventEncoder.announced(schema, platform.schemas());
    for (Object[] row : rows) {
      append(partition, encoder.encode(row));
    }
  }

  void append(TopicPartition partition, byte[] value) {
    log.computeIfAbsent(partition, p -> new ArrayList<>()).add(value);
  }

  /** A new task, as after a kill, starting where nothing was ever committed. */
  JdbcSinkTask start() {
    return start(Map.of());
  }

  JdbcSinkTask start(Map<TopicPartition, Long> committed) {
    task = new JdbcSinkTask(platform);
    context = new Context();
    task.initialize(context);
    task.start(config);
    next = new HashMap<>();
    log.keySet().forEach(p -> next.put(p, committed.getOrDefault(p, 0L)));
    task.open(log.keySet());
    return task;
  }

  /** Delivers up to so many records of each partition in one put; false when there is none. */
  boolean deliver(int most) {
    List<SinkRecord> records = poll(most);
    if (!records.isEmpty()) {
      task.put(records);
    }
    return !records.isEmpty();
  }

  void deliverAll() {
    while (deliver(100_000)) {}
  }

  List<SinkRecord> poll(int most) {
    next.putAll(context.offsets);
    context.offsets.clear();
    List<SinkRecord> records = new ArrayList<>();
    log.forEach((partition, values) -> {
      long from = next.computeIfAbsent(partition, p -> 0L);
      long to = Math.min(values.size(), from + most);
      for (long offset = from; offset < to; offset++) {
        records.add(record(partition, offset, values.get((int) offset)));
      }
      next.put(partition, to);
    });
    return records;
  }

  JdbcSinkTask task() {
    return task;
  }

  List<DeadLetter> deadLetters() {
    return platform.letters();
  }

  @Override
  public void close() {
    if (task != null) {
      task.stop();
    }
  }

  static SinkRecord record(TopicPartition partition, long offset, byte[] value) {
    return new SinkRecord(
        partition.topic(),
        partition.partition(),
        null,
        null,
        null,
        value,
        offset,
        1000L + offset,
        TimestampType.CREATE_TIME);
  }

  private final class Context implements SinkTaskContext {

    final Map<TopicPartition, Long> offsets = new HashMap<>();

    @Override
    public Map<String, String> configs() {
      return config;
    }

    @Override
    public void offset(Map<TopicPartition, Long> wanted) {
      offsets.putAll(wanted);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      offsets.put(partition, offset);
    }

    @Override
    public void timeout(long millis) {}

    @Override
    public Set<TopicPartition> assignment() {
      return new HashSet<>(log.keySet());
    }

    @Override
    public void pause(TopicPartition... partitions) {}

    @Override
    public void resume(TopicPartition... partitions) {}

    @Override
    public void requestCommit() {}

    @Override
    public PluginMetrics pluginMetrics() {
      return null;
    }
  }
}
