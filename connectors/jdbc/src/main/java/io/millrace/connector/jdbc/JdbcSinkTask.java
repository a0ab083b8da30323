package io.millrace.connector.jdbc;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.report.ComponentCounters;
import io.millrace.connector.sink.DeadLetterWriter;
import io.millrace.connector.sink.DeliveredPositions;
import io.millrace.connector.sink.SinkInput;
import io.millrace.connector.sink.SinkInputs;
import io.millrace.connector.task.KafkaTaskPlatform;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.connector.task.TaskSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers partitions of streams to tables; each batch of records is one transaction. */
public final class JdbcSinkTask extends SinkTask {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSinkTask.class);
  private static final int TRANSIENT_ATTEMPTS = 10;
  private static final long FIRST_BACKOFF_MILLIS = 200;
  private static final long LAST_BACKOFF_MILLIS = 10_000;

  private final TaskPlatform.Factory platforms;
  private TaskSettings settings;
  private JdbcSinkConfig config;
  private Dialect dialect;
  private SinkInputs inputs;
  private TaskPlatform platform;
  private DeadLetterWriter deadLetters;
  private ComponentCounters counters;
  private JdbcOffsets offsets;
  private EventReader events;
  private JdbcWriter writer;
  private Connection connection;
  private long backoff = FIRST_BACKOFF_MILLIS;
  private DeliveredPositions positions;
  private final Map<String, String> topicIds = new HashMap<>();

  /** For Kafka Connect: a task on Millrace's own cluster. */
  public JdbcSinkTask() {
    this(KafkaTaskPlatform::new);
  }

  JdbcSinkTask(TaskPlatform.Factory platforms) {
    this.platforms = platforms;
  }

  @Override
  public String version() {
    return JdbcSinkConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    settings = TaskSettings.read(properties);
    positions = new DeliveredPositions(context);
    try {
      config = JdbcSinkConfig.of(settings.options());
      dialect = Dialect.of(config.url());
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    inputs = new SinkInputs(settings);
    platform = platforms.open(settings.kafka());
    deadLetters = new DeadLetterWriter(settings, platform.deadLetters());
    counters = ComponentCounters.of(settings.fullName());
    offsets = new JdbcOffsets(dialect, config.offsetsTable(), settings.fullName());
    events =
        new EventReader(
            config, settings, dialect, new TargetTables(dialect, config), platform.schemas());
    writer = new JdbcWriter(dialect, offsets, deadLetters, settings.stopOnError());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    positions.forget(partitions);
    partitions.forEach(p -> topicIds.remove(p.topic()));
    try {
      for (TopicPartition partition : partitions) {
        load(partition);
      }
    } catch (SQLException | KafkaException | ConnectorException e) {
      LOG.warn("{}: positions are read later: {}", settings.fullName(), e.getMessage());
      disconnect();
    }
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    positions.forget(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    positions.beginPut();
    try {
      deliver(records);
      positions.endPut();
      backoff = FIRST_BACKOFF_MILLIS;
    } catch (SQLException e) {
      disconnect();
      if (dialect.classify(e) == Fault.FATAL) {
        throw new ConnectException(message(e), e);
      }
      throw retry(message(e), e);
    } catch (ConnectorException e) {
      disconnect();
      throw new ConnectException(e.getMessage(), e);
    } catch (org.apache.kafka.common.errors.RetriableException e) {
      throw retry(e.getMessage(), e);
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
    disconnect();
    closeQuietly(deadLetters);
    closeQuietly(platform);
  }

  private void deliver(Collection<SinkRecord> records) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        for (List<SinkRecord> part : parts(records)) {
          deliverPart(part);
        }
        return;
      } catch (SQLException e) {
        Fault fault = dialect.classify(e);
        if ((fault != Fault.TRANSIENT && fault != Fault.SCHEMA) || attempt == TRANSIENT_ATTEMPTS) {
          throw e;
        }
        LOG.info("{}: trying again after: {}", settings.fullName(), e.getMessage());
        events.forget();
      } catch (JdbcWriter.PositionLostException e) {
        LOG.warn(
            "{}: somebody else delivers the same partitions; reading positions again",
            settings.fullName());
        positions.forgetAll();
      }
    }
  }

  private void deliverPart(List<SinkRecord> records)
      throws SQLException, JdbcWriter.PositionLostException {
    Map<TopicPartition, Long> ends =
        new TreeMap<>(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    Batch batch = new Batch();
    Map<String, long[]> delivered = new HashMap<>();
    long eventTime = Long.MIN_VALUE;
    for (SinkRecord record : records) {
      TopicPartition partition = new TopicPartition(record.topic(), record.kafkaPartition());
      if (!positions.knows(partition)) {
        load(partition);
      }
      if (!positions.accepts(partition, record.kafkaOffset())) {
        continue;
      }
      ends.put(partition, record.kafkaOffset() + 1);
      SinkInput input = inputs.of(record);
      if (input != null) {
        events.read(connection(), input, batch);
        delivered.computeIfAbsent(input.topic(), t -> new long[1])[0]++;
        eventTime = Math.max(eventTime, input.timestamp());
      }
    }
    if (ends.isEmpty()) {
      return;
    }
    Map<JdbcOffset, Long> moves = new LinkedHashMap<>();
    ends.forEach((partition, next) -> moves.put(offset(partition), next));
    long refused = deadLetters.count();
    writer.write(connection(), batch, moves);
    counters.deadLetters(deadLetters.count() - refused);
    delivered.forEach((topic, count) -> {
      counters.in(topic, count[0]);
      counters.out(topic, count[0]);
    });
    counters.eventTime(eventTime);
    long now = System.currentTimeMillis();
    for (SinkRecord record : records) {
      if (record.timestamp() != null) {
        counters.latency(record.timestamp(), now);
      }
    }
    ends.forEach(positions::delivered);
  }

  private List<List<SinkRecord>> parts(Collection<SinkRecord> records) {
    List<SinkRecord> all = records instanceof List<SinkRecord> list ? list : List.copyOf(records);
    List<List<SinkRecord>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += config.batchSize()) {
      parts.add(all.subList(i, Math.min(all.size(), i + config.batchSize())));
    }
    return parts;
  }

  private void load(TopicPartition partition) throws SQLException {
    positions.loaded(
        partition,
        offsets.load(
            connection(), topicId(partition.topic()), partition.topic(), partition.partition()));
  }

  private JdbcOffset offset(TopicPartition partition) {
    return new JdbcOffset(
        topicId(partition.topic()),
        partition.topic(),
        partition.partition(),
        positions.next(partition));
  }

  private String topicId(String topic) {
    String id = topicIds.get(topic);
    if (id == null) {
      try {
        id = platform.topicId(topic);
      } catch (IllegalStateException e) {
        throw retry(e.getMessage(), e);
      }
      topicIds.put(topic, id);
    }
    return id;
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      Connection opened = JdbcConnections.open(config, dialect);
      try {
        offsets.createTable(opened);
      } catch (SQLException e) {
        opened.close();
        throw e;
      }
      connection = opened;
    }
    return connection;
  }

  private void disconnect() {
    if (events != null) {
      events.forget();
    }
    if (positions != null) {
      positions.forgetAll();
    }
    closeQuietly(connection);
    connection = null;
  }

  private RetriableException retry(String message, Exception cause) {
    context.timeout(backoff);
    backoff = Math.min(backoff * 2, LAST_BACKOFF_MILLIS);
    LOG.warn("{}: {}; trying again", settings.fullName(), message);
    return new RetriableException(message, cause);
  }

  private String message(SQLException e) {
    return "%s: %s".formatted(dialect.title(), e.getMessage());
  }

  private static void closeQuietly(AutoCloseable resource) {
    if (resource != null) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.debug("closing failed", e);
      }
    }
  }
}
