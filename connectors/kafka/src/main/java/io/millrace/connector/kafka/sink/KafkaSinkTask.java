package io.millrace.connector.kafka.sink;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.StoppedOnErrorException;
import io.millrace.connector.report.ComponentCounters;
import io.millrace.connector.sink.DeadLetterWriter;
import io.millrace.connector.sink.DeliveredPositions;
import io.millrace.connector.sink.SinkInput;
import io.millrace.connector.sink.SinkInputs;
import io.millrace.connector.task.KafkaTaskPlatform;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.UnknownSchemaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers partitions of streams to a topic, each batch of a partition in one transaction. */
public final class KafkaSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaSinkTask.class);
  private static final long FIRST_BACKOFF_MILLIS = 200;
  private static final long LAST_BACKOFF_MILLIS = 10_000;

  private final TaskPlatform.Factory platforms;
  private final Map<TopicPartition, PartitionWriter> writers = new HashMap<>();
  private final ExecutorService commits = Executors.newVirtualThreadPerTaskExecutor();
  private TaskSettings settings;
  private KafkaSinkConfig config;
  private TaskPlatform platform;
  private DeadLetterWriter deadLetters;
  private SinkInputs inputs;
  private RecordWriter records;
  private KafkaSinkOffsets offsets;
  private DeliveredPositions positions;
  private ComponentCounters counters;
  private boolean topicsReady;
  private long backoff = FIRST_BACKOFF_MILLIS;

  /** What is to be delivered of one partition. */
  private static final class PartitionBatch {
    final List<PartitionWriter.Item> items = new ArrayList<>();
    final Map<String, long[]> delivered = new HashMap<>();
    long next;
    long eventTime = Long.MIN_VALUE;
  }

  /** For Kafka Connect: a task on Millrace's own cluster. */
  public KafkaSinkTask() {
    this(KafkaTaskPlatform::new);
  }

  KafkaSinkTask(TaskPlatform.Factory platforms) {
    this.platforms = platforms;
  }

  @Override
  public String version() {
    return KafkaSinkConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    settings = TaskSettings.read(properties);
    try {
      config = KafkaSinkConfig.of(settings.options(), settings.kafka());
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    platform = platforms.open(settings.kafka());
    deadLetters = new DeadLetterWriter(settings, platform.deadLetters());
    inputs = new SinkInputs(settings);
    records = new RecordWriter(config, platform.schemas());
    offsets = new KafkaSinkOffsets(config.client());
    positions = new DeliveredPositions(context);
    counters = ComponentCounters.of(settings.fullName());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    close(partitions);
    try {
      load(partitions);
    } catch (KafkaException e) {
      LOG.warn("{}: positions are read later: {}", settings.fullName(), e.getMessage());
    }
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    positions.forget(partitions);
    for (TopicPartition partition : partitions) {
      PartitionWriter writer = writers.remove(partition);
      if (writer != null) {
        writer.close();
      }
    }
  }

  @Override
  public void put(Collection<SinkRecord> batch) {
    if (batch.isEmpty()) {
      return;
    }
    positions.beginPut();
    try {
      deliver(batch);
      positions.endPut();
      backoff = FIRST_BACKOFF_MILLIS;
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    } catch (ConnectException e) {
      throw e;
    } catch (AuthenticationException | AuthorizationException e) {
      close(List.copyOf(writers.keySet()));
      throw new ConnectException(
          "the cluster of topic %s refuses: %s".formatted(config.topic(), e.getMessage()), e);
    } catch (KafkaException e) {
      close(List.copyOf(writers.keySet()));
      context.timeout(backoff);
      backoff = Math.min(backoff * 2, LAST_BACKOFF_MILLIS);
      throw new RetriableException(
          "topic %s cannot be written: %s".formatted(config.topic(), e.getMessage()), e);
    }
  }

  /** What is in the target is what may be committed. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> current) {
    return positions.committable(current);
  }

  @Override
  public void stop() {
    close(List.copyOf(writers.keySet()));
    commits.close();
    if (offsets != null) {
      offsets.close();
    }
    if (deadLetters != null) {
      deadLetters.close();
    }
    if (platform != null) {
      platform.close();
    }
  }

  private void deliver(Collection<SinkRecord> batch) {
    List<TopicPartition> unknown =
        batch.stream()
            .map(r -> new TopicPartition(r.topic(), r.kafkaPartition()))
            .distinct()
            .filter(p -> !positions.knows(p) || !writers.containsKey(p))
            .toList();
    if (!unknown.isEmpty()) {
      load(unknown);
    }
    Map<TopicPartition, PartitionBatch> parts = new LinkedHashMap<>();
    for (SinkRecord record : batch) {
      TopicPartition partition = new TopicPartition(record.topic(), record.kafkaPartition());
      if (positions.accepts(partition, record.kafkaOffset())) {
        PartitionBatch part = parts.computeIfAbsent(partition, p -> new PartitionBatch());
        part.next = record.kafkaOffset() + 1;
        SinkInput input = inputs.of(record);
        if (input != null) {
          add(part, input);
        }
      }
    }
    flushDeadLetters();
    commit(parts);
  }

  private void add(PartitionBatch part, SinkInput input) {
    part.delivered.computeIfAbsent(input.topic(), t -> new long[1])[0]++;
    part.eventTime = Math.max(part.eventTime, input.timestamp());
    try {
      List<String> key =
          settings.stream(input.topic()).map(StreamDefinition::getPartitionBy).orElse(List.of());
      part.items.add(new PartitionWriter.Item(input, records.record(input, key)));
    } catch (MalformedEventException e) {
      refuse(input, "MALFORMED_EVENT", e.getMessage());
    } catch (UnknownSchemaException e) {
      refuse(input, "UNKNOWN_SCHEMA", e.getMessage());
    }
  }

  private void commit(Map<TopicPartition, PartitionBatch> parts) {
    Map<TopicPartition, Future<Map<SinkInput, String>>> running = new LinkedHashMap<>();
    parts.forEach((partition, part) ->
        running.put(
            partition, commits.submit(() -> writers.get(partition).write(part.items, part.next))));
    RuntimeException failure = null;
    for (Map.Entry<TopicPartition, Future<Map<SinkInput, String>>> one : running.entrySet()) {
      try {
        Map<SinkInput, String> refused = result(one.getValue());
        refused.forEach((input, reason) -> refuse(input, "REJECTED_BY_TARGET", reason));
        delivered(one.getKey(), parts.get(one.getKey()));
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    flushDeadLetters();
    if (failure != null) {
      throw failure;
    }
  }

  private void delivered(TopicPartition partition, PartitionBatch part) {
    positions.delivered(partition, part.next);
    part.delivered.forEach((topic, count) -> {
      counters.in(topic, count[0]);
      counters.out(topic, count[0]);
    });
    counters.eventTime(part.eventTime);
    long now = System.currentTimeMillis();
    part.items.forEach(item -> counters.latency(item.input().timestamp(), now));
  }

  private void refuse(SinkInput input, String code, String reason) {
    if (settings.stopOnError()) {
      throw new StoppedOnErrorException(input.location(), reason);
    }
    deadLetters.write(input, code, reason, null);
  }

  private void flushDeadLetters() {
    long before = deadLetters.count();
    deadLetters.flush();
    counters.deadLetters(deadLetters.count() - before);
  }

  /** Takes partitions over: fences who delivered them before, then reads where they stand. */
  private void load(Collection<TopicPartition> partitions) {
    ensureTopics();
    close(partitions);
    Map<TopicPartition, Future<PartitionWriter>> opening = new LinkedHashMap<>();
    for (TopicPartition partition : partitions) {
      opening.put(partition, commits.submit(() -> writer(partition)));
    }
    RuntimeException failure = null;
    for (Map.Entry<TopicPartition, Future<PartitionWriter>> one : opening.entrySet()) {
      try {
        writers.put(one.getKey(), result(one.getValue()));
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    Map<String, Long> known = offsets.read();
    for (TopicPartition partition : partitions) {
      positions.loaded(
          partition,
          known.getOrDefault(writers.get(partition).positionKey(), DeliveredPositions.UNKNOWN));
    }
  }

  private PartitionWriter writer(TopicPartition partition) {
    String id =
        "millrace-sink-%s-%s-%d"
            .formatted(settings.fullName(), partition.topic(), partition.partition());
    return new PartitionWriter(
        config,
        id,
        KafkaSinkOffsets.key(settings.fullName(), topicId(partition.topic()), partition));
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RetriableException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
    }
  }

  private String topicId(String topic) {
    try {
      return platform.topicId(topic);
    } catch (IllegalStateException e) {
      throw new KafkaException(e.getMessage(), e);
    }
  }

  private void ensureTopics() {
    if (topicsReady) {
      return;
    }
    int partitions =
        config.partitions() > 0
            ? config.partitions()
            : settings.streams().stream().mapToInt(StreamDefinition::getPartitions).max().orElse(1);
    try {
      KafkaSinkTopics.ensure(config, partitions);
      topicsReady = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("the cluster does not answer within 15 s", e);
    }
  }
}
