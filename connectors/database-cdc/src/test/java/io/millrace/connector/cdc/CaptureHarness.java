package io.millrace.connector.cdc;

import io.millrace.connect.ComponentStatuses;
import io.millrace.connect.ConnectWorker;
import io.millrace.connect.ConnectorReconciler;
import io.millrace.connect.PlanConnectors;
import io.millrace.connect.WorkerSettings;
import io.millrace.connector.ChangeEvents;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.TableDefinition;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.SelfDescribingDecoder;
import io.millrace.testing.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A capture on a real worker, its plan, and what it wrote. */
final class CaptureHarness implements AutoCloseable {

  /** One event as it was read from its topic. */
  record Change(ConsumerRecord<byte[], byte[]> record, SelfDescribingDecoder.Event event) {

    String op() {
      return (String) event.row()[ChangeEvents.OP];
    }

    /** A column's value after the change, or before it when it is a delete. */
    Object value(String column) {
      return row().get(column);
    }

    Map<String, Object> row() {
      Object[] after = (Object[]) event.row()[ChangeEvents.AFTER];
      return named(after == null ? ChangeEvents.BEFORE : ChangeEvents.AFTER);
    }

    Map<String, Object> before() {
      return named(ChangeEvents.BEFORE);
    }

    private Map<String, Object> named(int side) {
      Object[] values = (Object[]) event.row()[side];
      if (values == null) {
        return null;
      }
      io.millrace.schemas.type.RowType type =
          ((io.millrace.schemas.type.DataType.Row) event.rowType().field(side).type()).row();
      Map<String, Object> named = new LinkedHashMap<>();
      for (int i = 0; i < values.length; i++) {
        named.put(type.field(i).name(), values[i]);
      }
      return named;
    }
  }

  private static final Path PLUGINS = Path.of("target", "plugins").toAbsolutePath();

  final TestKafka kafka = TestKafka.shared();
  private final String application;
  private final String type;
  private final ConnectorProvider provider;
  private final Map<String, String> options;
  private final List<String> streams = new ArrayList<>();
  private final KafkaSchemaStore schemas;
  private ConnectWorker worker;
  private ConnectorReconciler reconciler;
  private ComponentStatuses statuses;

  CaptureHarness(String application, ConnectorProvider provider, Map<String, String> options) {
    this.application = application;
    this.provider = provider;
    this.type = provider.descriptor().getType();
    this.options = options;
    this.schemas = new KafkaSchemaStore(kafka.clientConfig());
  }

  /** Gives a table a stream; before {@link #run}, or again after it to add the table. */
  CaptureHarness stream(String table) {
    streams.add(table);
    kafka.createTopic(topic(table), 1);
    return this;
  }

  void option(String name, String value) {
    options.put(name, value);
  }

  String topic(String table) {
    return application + "." + table.replace('.', '_');
  }

  void startWorker() {
    WorkerSettings settings =
        new WorkerSettings(
            application,
            kafka.clientConfig(),
            "127.0.0.1",
            0,
            true,
            PLUGINS.toString(),
            c -> c,
            Map.of("scheduled.rebalance.max.delay.ms", "0"));
    worker = ConnectWorker.start(settings);
    reconciler =
        new ConnectorReconciler(
            worker, new PlanConnectors("ingestion", List.of(provider), kafka.clientConfig()));
    statuses = new ComponentStatuses(reconciler, "ingestion", worker.workerId());
  }

  void stopWorker() {
    reconciler.close();
    worker.close();
    worker = null;
  }

  /** Runs the source, starting a worker when there is none. */
  void run() {
    if (worker == null) {
      startWorker();
    }
    reconciler.plans(List.of(plan(DesiredState.RUNNING)));
  }

  void pause() {
    reconciler.plans(List.of(plan(DesiredState.STOPPED)));
  }

  /** The script has the source no more. */
  void takeOut() {
    reconciler.plans(
        List.of(Plan.newBuilder(plan(DesiredState.RUNNING)).setComponents(List.of()).build()));
  }

  /** The application is dropped. */
  void drop() {
    reconciler.plans(List.of(Plan.newBuilder(plan(DesiredState.STOPPED)).setDropped(true).build()));
  }

  ComponentStatus status() {
    List<ComponentStatus> all = statuses.collect();
    return all.isEmpty() ? null : all.getFirst();
  }

  Plan plan(DesiredState desired) {
    List<StreamDefinition> definitions = new ArrayList<>();
    for (String table : streams) {
      definitions.add(
          StreamDefinition.newBuilder()
              .setName(table.replace('.', '_'))
              .setTopic(topic(table))
              .setRowSchema("{}")
              .setKind(StreamKind.CHANGES)
              .setTable(table)
              .build());
    }
    Component source =
        Component.newBuilder()
            .setName("db")
            .setKind(ComponentKind.SOURCE)
            .setService("ingestion")
            .setFingerprint("" + streams.size())
            .setConnector(type)
            .setOptions(new HashMap<>(options))
            .setOutputs(definitions.stream().map(StreamDefinition::getName).toList())
            .build();
    return Plan.newBuilder()
        .setApplication(application)
        .setRevision(1)
        .setDesired(desired)
        .setStreams(definitions)
        .setComponents(List.of(source))
        .build();
  }

  /** Everything committed on the topic of a table's stream. */
  List<Change> changes(String table) {
    return read(topic(table));
  }

  List<Change> read(String topic) {
    SelfDescribingDecoder decoder = new SelfDescribingDecoder(schemas);
    List<Change> changes = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
      changes.add(new Change(record, decoder.decode(record.value())));
    }
    return changes;
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      if (!consumer.listTopics().containsKey(topic)) {
        return records;
      }
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  long count(String table) {
    return records(topic(table)).size();
  }

  /** Waits until a table's topic holds a number of changes, and no more. */
  List<Change> await(String table, int number) {
    await(
        "%d changes of %s".formatted(number, table),
        () -> {
          long now = count(table);
          if (now > number) {
            throw new AssertionError("%d changes instead of %d".formatted(now, number));
          }
          return now == number;
        });
    return changes(table);
  }

  void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    int failures = 0;
    while (!condition.getAsBoolean()) {
      ComponentStatus status = worker == null ? null : status();
      failures = status != null && status.getError() != null ? failures + 1 : 0;
      if (System.nanoTime() > deadline || failures > 50) {
        throw new AssertionError(
            "waited for " + what + "; status: " + (worker == null ? "none" : status()));
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  TableDefinition discovered(String table) {
    return provider.tables(options).stream()
        .filter(t -> t.name().equals(table))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    if (worker != null) {
      stopWorker();
    }
    schemas.close();
  }
}
