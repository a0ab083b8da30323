package io.millrace.bench.capture;

import io.millrace.connect.ConnectWorker;
import io.millrace.connect.ConnectorReconciler;
import io.millrace.connect.PlanConnectors;
import io.millrace.connect.WorkerSettings;
import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.testing.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One table captured once: its first copy, then what was changed while the worker was away. */
final class CaptureRun {

  /** Rows a second, from the first that a reader sees or could see to the last. */
  record Result(String name, double copyRate, double catchUpRate) {}

  private final TestKafka kafka;
  private final Path plugins;
  private final int rows;
  private final Runnable update;
  private final String table;

  CaptureRun(TestKafka kafka, Path plugins, int rows, Runnable update, String table) {
    this.kafka = kafka;
    this.plugins = plugins;
    this.rows = rows;
    this.update = update;
    this.table = table;
  }

  Result ours(
      String name, String application, ConnectorProvider provider, Map<String, String> options) {
    return measure(name, application, provider, options, "default." + application + ".t");
  }

  Result stock(String name, String application, Map<String, String> config) {
    Map<String, String> whole = new HashMap<>(config);
    String prefix = "default." + application;
    whole.put("topic.prefix", prefix);
    whole.put("schema.history.internal.kafka.bootstrap.servers", kafka.bootstrapServers());
    whole.put("tasks.max", "1");
    whole.put("exactly.once.support", "required");
    whole.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    whole.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    whole.put("key.converter.schemas.enable", "false");
    whole.put("value.converter.schemas.enable", "false");
    whole.put("include.schema.changes", "false");
    whole.put("tombstones.on.delete", "false");
    whole.put("max.batch.size", "8192");
    whole.put("max.queue.size", "32768");
    return measure(name, application, new Stock(whole), Map.of(), prefix + "." + table);
  }

  private Result measure(
      String name,
      String application,
      ConnectorProvider provider,
      Map<String, String> options,
      String topic) {
    kafka.createTopic(topic, 1);
    double copy;
    try (Worker worker = new Worker(application)) {
      worker.run(provider, options, topic);
      copy = rate(topic, 0, rows);
    }
    update.run();
    try (Worker worker = new Worker(application)) {
      worker.run(provider, options, topic);
      return new Result(name, copy, rate(topic, rows, 2L * rows));
    }
  }

  /**
   * Reads uncommitted records, so that a copy in one transaction is timed from its first row; the
   * clock stops when a reader of committed records has the last.
   */
  private double rate(String topic, long before, long count) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("auto.offset.reset", "earliest");
    config.put("isolation.level", "read_committed");
    config.put("fetch.max.wait.ms", "10");
    config.put("max.poll.records", "10000");
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> committed = consumer(config);
        KafkaConsumer<byte[], byte[]> any =
            consumer(with(config, "isolation.level", "read_uncommitted"))) {
      committed.assign(List.of(partition));
      any.assign(List.of(partition));
      long end = any.endOffsets(List.of(partition)).get(partition);
      while (any.endOffsets(List.of(partition)).get(partition) <= end) {
        Thread.onSpinWait();
      }
      long start = System.nanoTime();
      long seen = 0;
      while (seen < before + count) {
        seen += committed.poll(Duration.ofMillis(100)).count();
      }
      return count / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> with(Map<String, Object> config, String key, String value) {
    Map<String, Object> changed = new HashMap<>(config);
    changed.put(key, value);
    return changed;
  }

  private final class Worker implements AutoCloseable {

    private final ConnectWorker worker;
    private final String application;
    private ConnectorReconciler reconciler;

    Worker(String application) {
      this.application = application;
      this.worker =
          ConnectWorker.start(
              new WorkerSettings(
                  application,
                  kafka.clientConfig(),
                  "127.0.0.1",
                  0,
                  true,
                  plugins.toAbsolutePath().toString(),
                  c -> c,
                  Map.of("scheduled.rebalance.max.delay.ms", "0")));
    }

    void run(ConnectorProvider provider, Map<String, String> options, String topic) {
      reconciler =
          new ConnectorReconciler(
              worker, new PlanConnectors("ingestion", List.of(provider), kafka.clientConfig()));
      StreamDefinition stream =
          StreamDefinition.newBuilder()
              .setName("t")
              .setTopic(topic)
              .setRowSchema("{}")
              .setKind(StreamKind.CHANGES)
              .setTable(table)
              .build();
      Component source =
          Component.newBuilder()
              .setName("db")
              .setKind(ComponentKind.SOURCE)
              .setService("ingestion")
              .setFingerprint("1")
              .setConnector(provider.descriptor().getType())
              .setOptions(new HashMap<>(options))
              .setOutputs(List.of("t"))
              .build();
      reconciler.plans(
          List.of(
              Plan.newBuilder()
                  .setApplication("default." + application)
                  .setRevision(1)
                  .setDesired(DesiredState.RUNNING)
                  .setStreams(List.of(stream))
                  .setComponents(List.of(source))
                  .build()));
    }

    @Override
    public void close() {
      if (reconciler != null) {
        reconciler.close();
      }
      worker.close();
    }
  }

  /** A connector's configuration as it is. */
  private record Stock(Map<String, String> config) implements ConnectorProvider {

    @Override
    public ConnectorDescriptor descriptor() {
      return ConnectorDescriptor.newBuilder()
          .setType("stock")
          .setDirection(Direction.SOURCE)
          .setService("ingestion")
          .setTitle("Stock")
          .setDescription("A connector as it comes")
          .setColumns(ColumnsRule.NONE)
          .setGuarantee("exactly-once")
          .setOptions(List.of())
          .build();
    }

    @Override
    public Map<String, String> connectConfig(ComponentContext context) {
      return config;
    }

    @Override
    public List<Problem> check(Map<String, String> options) {
      return List.of();
    }
  }
}
