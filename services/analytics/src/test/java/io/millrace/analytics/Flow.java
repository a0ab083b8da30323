package io.millrace.analytics;

import io.millrace.analytics.query.QueryCompilation;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.StateBudget;
import io.millrace.analytics.query.StateLimits;
import io.millrace.analytics.spill.SpillDirectory;
import io.millrace.host.Applications;
import io.millrace.host.Surroundings;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One application of a test with one stateful query, its instances and its streams' events. */
final class Flow implements AutoCloseable {

  static final RowType EVENT =
      RowType.of(
          Field.required("k", DataType.STRING),
          Field.nullable("v", DataType.BIGINT),
          Field.required("ts", DataType.TIMESTAMP));
  static final RowType COUNT =
      RowType.of(
          Field.required("k", DataType.STRING),
          Field.required("n", DataType.BIGINT),
          Field.required("until", DataType.TIMESTAMP));

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final String application = "test.stateful" + NUMBERS.incrementAndGet();
  private final TestKafka kafka = TestKafka.shared();
  private final KafkaSchemaStore schemas = new KafkaSchemaStore(kafka.clientConfig());
  private final Map<String, StreamDefinition> streams = new LinkedHashMap<>();
  private final Map<String, String> options = new HashMap<>();
  private final Map<String, String> queryOptions = new HashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private List<String> inputs = List.of();
  private String sql = "the query";
  private long revision;

  /** One instance of the service. */
  final class Instance implements AutoCloseable {
    private final String name;
    private final Applications applications;

    Instance(
        String name,
        Settings settings,
        QueryCompilation compilation,
        StateBudget budget,
        SpillDirectory spill) {
      this.name = name;
      Surroundings surroundings =
          new Surroundings("analytics", name, kafka.clientConfig(), schemas, secrets -> secrets);
      applications =
          new Applications(
              "analytics",
              a -> new AnalyticsRunners(surroundings, settings, compilation, budget, spill));
    }

    Instance apply(DesiredState desired) {
      applications.apply(plan(desired));
      return this;
    }

    ComponentStatus status() {
      return applications.statuses().iterator().next();
    }

    String detail(String detail) {
      return status().getDetails().get(detail);
    }

    /** Has what it has under way aborted, as if its process had died and come back. */
    void fence() {
      Map<String, Object> config = new HashMap<>(kafka.clientConfig());
      config.put("key.serializer", ByteArraySerializer.class);
      config.put("value.serializer", ByteArraySerializer.class);
      config.put("transactional.id", "millrace." + application + ".analytics.counts@" + name);
      try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
        producer.initTransactions();
      }
    }

    @Override
    public void close() {
      applications.close();
    }
  }

  Instance instance(String name, Settings settings, QueryCompilation compilation) {
    return instance(name, settings, compilation, new StateBudget(StateLimits.USUAL));
  }

  Instance instance(
      String name, Settings settings, QueryCompilation compilation, StateBudget budget) {
    return instance(name, settings, compilation, budget, SpillDirectory.temporary());
  }

  Instance instance(
      String name,
      Settings settings,
      QueryCompilation compilation,
      StateBudget budget,
      SpillDirectory spill) {
    Instance instance = new Instance(name, settings, compilation, budget, spill);
    instances.add(instance);
    return instance;
  }

  Flow option(String name, String value) {
    options.put(name, value);
    return this;
  }

  Flow queryOption(String name, String value) {
    queryOptions.put(name, value);
    return this;
  }

  Flow sql(String text) {
    sql = text;
    return this;
  }

  Flow input(String name, int partitions, Duration lateness) {
    streams.put(name, stream(name, partitions, EVENT, lateness));
    List<String> more = new ArrayList<>(inputs);
    more.add(name);
    inputs = more;
    return this;
  }

  Flow lateness(String name, Duration lateness) {
    streams.computeIfPresent(
        name,
        (n, stream) ->
            StreamDefinition.newBuilder(stream)
                .setAllowedLatenessMillis(lateness.toMillis())
                .build());
    return this;
  }

  Flow output(int partitions) {
    streams.put("counts", stream("counts", partitions, COUNT, Duration.ZERO));
    return this;
  }

  private StreamDefinition stream(String name, int partitions, RowType row, Duration lateness) {
    String topic = application + "." + name;
    kafka.createTopic(topic, partitions, Map.of("retention.ms", "-1"));
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setRowSchema(AvroTypes.toAvro(row, topic).toString())
        .setKind(StreamKind.EVENTS)
        .setPartitionBy(name.equals("counts") ? List.of("k") : List.of())
        .setAllowedLatenessMillis(lateness.toMillis())
        .setPartitions(partitions)
        .build();
  }

  Plan plan(DesiredState desired) {
    Component query =
        Component.newBuilder()
            .setName("counts")
            .setKind(ComponentKind.QUERY)
            .setService("analytics")
            .setFingerprint(sql)
            .setInputs(inputs)
            .setOutputs(List.of("counts"))
            .setSql(sql)
            .setOptions(Map.copyOf(queryOptions))
            .build();
    return Plan.newBuilder()
        .setApplication(application)
        .setRevision(++revision)
        .setDesired(desired)
        .setDrained(desired == DesiredState.QUIESCING ? List.of("counts") : List.of())
        .setOptions(options)
        .setStreams(List.copyOf(streams.values()))
        .setComponents(List.of(query))
        .setUpdatedAt(revision)
        .build();
  }

  /** An event: its partition, key and time in milliseconds. */
  record Event(int partition, String key, long time) {}

  void write(String stream, List<Event> events) {
    StreamDefinition definition = streams.get(stream);
    EventEncoder encoder =
        EventEncoder.announced(AvroTypes.parse(definition.getRowSchema()), schemas);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Event event : events) {
        producer.send(
            new ProducerRecord<>(
                definition.getTopic(),
                event.partition(),
                event.time(),
                null,
                encoder.encode(new Object[] {event.key(), 1L, event.time() * 1000})));
      }
    }
  }

  void write(String stream, Event... events) {
    write(stream, List.of(events));
  }

  void replay(DeadLetter letter) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      ByteBuffer buffer = letter.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      producer.send(new ProducerRecord<>(Topics.replays(application), 0, null, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The committed results as text, key count@end in seconds, in the order of the partitions. */
  List<String> counts() {
    EventDecoder decoder = new EventDecoder(COUNT, schemas);
    List<String> counts = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(application + ".counts")) {
      Object[] row = decoder.decode(record.value());
      counts.add(row[0] + " " + row[1] + "@" + (long) row[2] / 1_000_000);
    }
    return counts;
  }

  List<DeadLetter> deadLetters() {
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(Topics.deadLetters(application))) {
      try {
        letters.add(DeadLetter.fromByteBuffer(ByteBuffer.wrap(record.value())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return letters;
  }

  List<ConsumerRecord<byte[], byte[]>> journal() {
    return records(Topics.journal(application, "counts"));
  }

  List<ConsumerRecord<byte[], byte[]>> snapshots() {
    return records(Topics.state(application, "counts"));
  }

  List<ConsumerRecord<byte[], byte[]>> groups() {
    return records(groupsTopic());
  }

  void delete(String topic) {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka.clientConfig()))) {
      admin.deleteTopics(List.of(topic)).all().get();
      await(() -> {
        try {
          return !admin.listTopics().names().get().contains(topic);
        } catch (InterruptedException | ExecutionException e) {
          throw new IllegalStateException(e);
        }
      });
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  String groupsTopic() {
    return Topics.groups(application, "counts");
  }

  long beginning(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
      TopicPartition partition = new TopicPartition(topic, 0);
      return consumer.beginningOffsets(List.of(partition)).get(partition);
    }
  }

  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return kafka.records(topic);
  }

  @Override
  public void close() {
    instances.forEach(Instance::close);
    schemas.close();
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within a minute");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("isolation.level", isolation);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    return new KafkaProducer<>(config);
  }
}
