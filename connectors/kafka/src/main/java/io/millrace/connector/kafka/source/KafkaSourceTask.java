package io.millrace.connector.kafka.source;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.StoppedOnErrorException;
import io.millrace.connector.source.SourceEvents;
import io.millrace.connector.source.SourceReplays;
import io.millrace.connector.task.KafkaTaskPlatform;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.control.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads some partitions of the topic. */
public final class KafkaSourceTask extends SourceTask {

  /** The partitions that a task reads, separated by commas. */
  static final String PARTITIONS = "millrace.partitions";

  private static final Duration WAIT = Duration.ofMillis(100);

  private final TaskPlatform.Factory platforms;
  private TaskSettings settings;
  private KafkaSourceConfig config;
  private TaskPlatform platform;
  private SourceEvents events;
  private SourceReplays replays;
  private ValueParser parser;
  private KafkaConsumer<byte[], byte[]> consumer;
  private String topicId;

  /** For Kafka Connect: a task on Millrace's own cluster. */
  public KafkaSourceTask() {
    this(KafkaTaskPlatform::new);
  }

  KafkaSourceTask(TaskPlatform.Factory platforms) {
    this.platforms = platforms;
  }

  @Override
  public String version() {
    return KafkaSourceConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    settings = TaskSettings.read(properties);
    try {
      config = KafkaSourceConfig.of(settings.options(), settings.kafka());
      platform = platforms.open(settings.kafka());
      events = new SourceEvents(settings, platform.schemas());
      parser = ValueParser.of(config, events.columns(), platform.schemas());
      topicId = KafkaSourceTopic.find(config.client(), config.topic()).id();
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    List<TopicPartition> partitions =
        Arrays.stream(properties.get(PARTITIONS).split(","))
            .map(p -> new TopicPartition(config.topic(), Integer.parseInt(p)))
            .toList();
    if (partitions.stream().anyMatch(p -> p.partition() == 0)) {
      replays =
          new SourceReplays(
              settings,
              events,
              platform.replays(settings.application()),
              context.offsetStorageReader(),
              this::replay);
    }
    open(partitions);
  }

  @Override
  public void commitRecord(SourceRecord record, RecordMetadata metadata) {
    events.committed(record);
  }

  @Override
  public List<SourceRecord> poll() {
    List<SourceRecord> records = new ArrayList<>();
    if (replays != null) {
      records.addAll(replays.poll());
    }
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
        if (record.value() != null) {
          records.add(record(record));
        }
      }
    } catch (AuthenticationException | AuthorizationException e) {
      throw new ConnectException(
          "the cluster of topic %s refuses: %s".formatted(config.topic(), e.getMessage()), e);
    } catch (ConnectException e) {
      throw e;
    } catch (KafkaException e) {
      throw new RetriableException(
          "topic %s cannot be read: %s".formatted(config.topic(), e.getMessage()), e);
    }
    return records.isEmpty() ? null : records;
  }

  @Override
  public void stop() {
    if (replays != null) {
      replays.close();
    }
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
    if (platform != null) {
      platform.close();
    }
  }

  private SourceRecord record(ConsumerRecord<byte[], byte[]> record) {
    Map<String, Object> partition =
        KafkaSourceOffset.partition(record.topic(), topicId, record.partition());
    Map<String, Object> offset = KafkaSourceOffset.offset(record.offset() + 1);
    String code;
    String reason;
    try {
      Object[] row = parser.parse(message(record));
      return events.event(partition, offset, row, Math.max(0, record.timestamp()));
    } catch (UnparsableException e) {
      code = e.code();
      reason = e.getMessage();
    } catch (IllegalArgumentException e) {
      code = "VALUE_DOES_NOT_FIT";
      reason = e.getMessage();
    }
    String location =
        "%s-%d at offset %d".formatted(record.topic(), record.partition(), record.offset());
    if (settings.stopOnError()) {
      throw new StoppedOnErrorException(location, reason);
    }
    return events.deadLetter(
        partition,
        offset,
        "%s-%d-%d".formatted(record.topic(), record.partition(), record.offset()),
        code,
        reason,
        location,
        record.value(),
        new String(record.value(), StandardCharsets.UTF_8),
        null);
  }

  private static Message message(ConsumerRecord<byte[], byte[]> record) {
    return new Message(
        record.topic(),
        record.partition(),
        record.offset(),
        Math.max(0, record.timestamp()),
        record.key(),
        record.value(),
        record.headers());
  }

  private Object[] replay(DeadLetter letter) {
    try {
      return parser.parse(
          new Message(
              config.topic(),
              0,
              0,
              letter.getEventTime() == null ? letter.getOccurredAt() : letter.getEventTime(),
              null,
              SourceReplays.original(letter),
              null));
    } catch (UnparsableException e) {
      throw new SourceReplays.Refusal(e.code(), e.getMessage());
    }
  }

  private void open(List<TopicPartition> partitions) {
    Map<String, Object> client = new HashMap<>();
    client.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    client.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.maxPollRecords());
    client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    client.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    client.putAll(config.client());
    client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(partitions);
    List<TopicPartition> fresh = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      Long next =
          KafkaSourceOffset.next(
              context
                  .offsetStorageReader()
                  .offset(
                      KafkaSourceOffset.partition(
                          partition.topic(), topicId, partition.partition())));
      if (next == null) {
        fresh.add(partition);
      } else {
        consumer.seek(partition, next);
      }
    }
    begin(fresh);
  }

  private void begin(List<TopicPartition> fresh) {
    if (fresh.isEmpty()) {
      return;
    }
    switch (config.start()) {
      case EARLIEST -> consumer.seekToBeginning(fresh);
      case LATEST -> consumer.seekToEnd(fresh);
      case TIMESTAMP -> {
        Map<TopicPartition, OffsetAndTimestamp> found =
            consumer.offsetsForTimes(
                fresh.stream().collect(Collectors.toMap(p -> p, p -> config.startMillis())));
        for (TopicPartition partition : fresh) {
          if (found.get(partition) == null) {
            consumer.seekToEnd(List.of(partition));
          } else {
            consumer.seek(partition, found.get(partition).offset());
          }
        }
      }
    }
  }
}
