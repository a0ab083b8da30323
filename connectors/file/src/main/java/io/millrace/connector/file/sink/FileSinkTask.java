package io.millrace.connector.file.sink;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.StoppedOnErrorException;
import io.millrace.connector.file.FileErrorCode;
import io.millrace.connector.report.ComponentCounters;
import io.millrace.connector.sink.DeadLetterWriter;
import io.millrace.connector.sink.SinkInput;
import io.millrace.connector.sink.SinkInputs;
import io.millrace.connector.task.KafkaTaskPlatform;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.SelfDescribingDecoder;
import io.millrace.schemas.event.UnknownSchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the partitions it is assigned, each to its own file. Positions are kept with the files; a
 * partition that is opened goes on from there, whatever offset the group has committed.
 */
public final class FileSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(FileSinkTask.class);
  private static final long LONGEST_WAIT_MILLIS = 10_000;

  private final TaskPlatform.Factory platforms;
  private final Map<TopicPartition, PartitionWriter> writers = new HashMap<>();
  private TaskPlatform platform;
  private TaskSettings settings;
  private FileSinkConfig config;
  private SinkInputs inputs;
  private SelfDescribingDecoder decoder;
  private DeadLetterWriter deadLetters;
  private ComponentCounters counters;
  private long countedLetters;

  /** As a worker makes it. */
  public FileSinkTask() {
    this(KafkaTaskPlatform::new);
  }

  FileSinkTask(TaskPlatform.Factory platforms) {
    this.platforms = platforms;
  }

  @Override
  public String version() {
    return FileSinkConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> props) {
    settings = TaskSettings.read(props);
    config = FileSinkConfig.of(settings.options());
    try {
      FileErrorCode.requireAllowed(config.directory());
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    counters = ComponentCounters.of(settings.fullName());
    platform = platforms.open(settings.kafka());
    inputs = new SinkInputs(settings);
    decoder = new SelfDescribingDecoder(platform.schemas());
    deadLetters = new DeadLetterWriter(settings, platform.deadLetters());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionWriter writer =
          new PartitionWriter(
              new PartitionFiles(config.directory(), base(partition)), config, deadLetters::flush);
      try {
        long position = writer.open();
        if (position >= 0) {
          LOG.info("{} goes on with {} at offset {}", settings.fullName(), partition, position);
          context.offset(partition, position);
        }
      } catch (IOException | ConnectorException e) {
        throw failure("open", partition, e);
      }
      writers.put(partition, writer);
    }
  }

  /**
   * Stream, sink and topic incarnation, partition: a topic that was deleted and made again, and
   * another sink on the same stream, have files of their own.
   */
  private String base(TopicPartition partition) {
    String stream =
        settings.stream(partition.topic())
            .map(s -> s.getName())
            .orElse(settings.component() + "-replays");
    CRC32 crc = new CRC32();
    crc.update(
        (settings.fullName() + "/" + platform.topicId(partition.topic()))
            .getBytes(StandardCharsets.UTF_8));
    return "%s-%06x-%d"
        .formatted(
            stream.replaceAll("[^A-Za-z0-9._-]", "_"),
            crc.getValue() & 0xFFFFFF,
            partition.partition());
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    try {
      for (SinkRecord record : records) {
        put(record);
      }
      long now = System.currentTimeMillis();
      long wait = LONGEST_WAIT_MILLIS;
      for (PartitionWriter writer : writers.values()) {
        writer.flush();
        writer.publishIfDue(now);
        wait = Math.clamp(writer.millisLeft(now), 1, wait);
      }
      context.timeout(wait);
      count(records, now);
    } catch (RetriableException e) {
      writers.values().forEach(PartitionWriter::rollback);
      throw e;
    } catch (IOException | ConnectorException e) {
      throw failure("write", null, e);
    }
  }

  private void count(Collection<SinkRecord> records, long now) {
    for (SinkRecord record : records) {
      counters.in(record.topic(), 1);
      counters.out(record.topic(), 1);
      if (record.timestamp() != null) {
        counters.eventTime(record.timestamp());
        counters.latency(record.timestamp(), now);
      }
    }
    countDeadLetters();
  }

  private void countDeadLetters() {
    counters.deadLetters(deadLetters.count() - countedLetters);
    countedLetters = deadLetters.count();
  }

  private void put(SinkRecord record) throws IOException {
    PartitionWriter writer =
        writers.get(new TopicPartition(record.topic(), record.kafkaPartition()));
    if (writer == null || !writer.wants(record.kafkaOffset())) {
      return;
    }
    SinkInput input = inputs.of(record);
    if (input == null) {
      writer.pass(record.kafkaOffset());
      return;
    }
    try {
      writer.add(record.kafkaOffset(), decoder.decode(input.value()), input.value());
    } catch (MalformedEventException | IllegalArgumentException e) {
      refuse(writer, input, FileErrorCode.NOT_AN_EVENT, e);
    } catch (UnknownSchemaException e) {
      refuse(writer, input, FileErrorCode.UNKNOWN_SCHEMA, e);
    }
  }

  private void refuse(
      PartitionWriter writer, SinkInput input, FileErrorCode code, RuntimeException e) {
    if (settings.stopOnError()) {
      throw new StoppedOnErrorException(input.location(), e.getMessage());
    }
    deadLetters.write(input, code.name(), e.getMessage() + "; " + code.fix(), null);
    writer.pass(input.record().kafkaOffset());
  }

  private ConnectException failure(String verb, TopicPartition partition, Exception e) {
    if (e instanceof ConnectorException) {
      return new ConnectException(e.getMessage(), e);
    }
    String reason =
        "could not %s files in %s%s: %s"
            .formatted(
                verb,
                config.directory(),
                partition == null ? "" : " for " + partition,
                e.getMessage() == null ? e : e.getMessage());
    // The connector's own words are what a person is shown, wherever they stand.
    ConnectorException told = FileErrorCode.WRITE_FAILED.exception(reason, e);
    return new ConnectException(told.getMessage(), told);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
    try {
      for (PartitionWriter writer : writers.values()) {
        writer.sync();
      }
      countDeadLetters();
    } catch (IOException | ConnectorException e) {
      throw failure("sync", null, e);
    }
    Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>(currentOffsets);
    committable.keySet().retainAll(writers.keySet());
    return committable;
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      closeWriter(writers.remove(partition));
    }
  }

  private static void closeWriter(PartitionWriter writer) {
    if (writer == null) {
      return;
    }
    try {
      writer.close();
    } catch (IOException e) {
      LOG.warn("could not close a file; it is sound up to what was committed", e);
    }
  }

  @Override
  public void stop() {
    writers.values().forEach(FileSinkTask::closeWriter);
    writers.clear();
    if (deadLetters != null) {
      deadLetters.close();
    }
    if (platform != null) {
      platform.close();
    }
  }
}
