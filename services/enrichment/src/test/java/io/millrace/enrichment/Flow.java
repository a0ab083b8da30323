package io.millrace.enrichment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.connector.ChangeEvents;
import io.millrace.enrichment.cache.RedisLink;
import io.millrace.host.Applications;
import io.millrace.host.Surroundings;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.CaptureProgress;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One application of a test: its plan, the instances that run it, and its streams' events. */
final class Flow implements AutoCloseable {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final String application = "test.flow" + NUMBERS.incrementAndGet();
  private final TestKafka kafka;
  private final KafkaSchemaStore schemas;
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<String, StreamDefinition> streams = new LinkedHashMap<>();
  private final Map<String, Component> components = new LinkedHashMap<>();
  private final List<Instance> instances = new ArrayList<>();
  private long revision;

  Flow(TestKafka kafka) {
    this.kafka = kafka;
    this.schemas = new KafkaSchemaStore(kafka.clientConfig());
  }

  /** One instance of the service. */
  final class Instance implements AutoCloseable {
    final Applications applications;
    private final RedisLink redis;

    Instance(String name, String redisUrl) {
      redis = new RedisLink(redisUrl);
      Surroundings surroundings =
          new Surroundings("enrichment", name, kafka.clientConfig(), schemas, secrets -> secrets);
      applications =
          new Applications("enrichment", a -> new EnrichmentRunners(surroundings, redis));
    }

    ComponentStatus status(String component) {
      return applications.statuses().stream()
          .filter(s -> s.getComponent().equals(component))
          .findFirst()
          .orElseThrow();
    }

    ComponentState state(String component) {
      return status(component).getState();
    }

    @Override
    public void close() {
      applications.close();
      redis.close();
    }
  }

  Instance instance(String name, String redisUrl) {
    Instance instance = new Instance(name, redisUrl);
    instances.add(instance);
    return instance;
  }

  Flow option(String name, String value) {
    options.put(name, value);
    return this;
  }

  Flow stream(String name, int partitions, RowType row) {
    return stream(name, partitions, row, StreamKind.EVENTS, List.of(), null);
  }

  Flow changes(String name, int partitions, RowType table) {
    return stream(name, partitions, ChangeEvents.of(table), StreamKind.CHANGES, List.of(), null);
  }

  Flow stream(
      String name,
      int partitions,
      RowType row,
      StreamKind kind,
      List<String> partitionBy,
      String timestampColumn) {
    String topic = application + "." + name;
    kafka.createTopic(topic, partitions);
    streams.put(
        name,
        StreamDefinition.newBuilder()
            .setName(name)
            .setTopic(topic)
            .setRowSchema(AvroTypes.toAvro(row, topic).toString())
            .setKind(kind)
            .setPartitionBy(partitionBy)
            .setTimestampColumn(timestampColumn)
            .setPartitions(partitions)
            .build());
    return this;
  }

  Flow query(String name, String input, String output, List<String> caches, String sql) {
    components.put(
        name,
        Component.newBuilder()
            .setName(name)
            .setKind(ComponentKind.QUERY)
            .setService("enrichment")
            .setFingerprint(Integer.toHexString(sql.hashCode()))
            .setInputs(List.of(input))
            .setOutputs(List.of(output))
            .setCaches(caches)
            .setSql(sql)
            .build());
    return this;
  }

  Flow cache(
      String name, RowType row, List<String> key, String connector, Map<String, String> more) {
    components.put(
        name,
        Component.newBuilder()
            .setName(name)
            .setKind(ComponentKind.CACHE)
            .setService("enrichment")
            .setFingerprint(name + row + more)
            .setConnector(connector)
            .setOptions(more)
            .setRowSchema(AvroTypes.toAvro(row, name).toString())
            .setKey(key)
            .build());
    return this;
  }

  Flow model(String name, int features, Map<String, String> more) {
    List<Field> fields = new ArrayList<>();
    List<String> key = new ArrayList<>();
    for (int i = 1; i <= features; i++) {
      key.add("f" + i);
      fields.add(Field.required("f" + i, DataType.DOUBLE));
    }
    fields.add(Field.nullable("prediction", DataType.DOUBLE));
    components.put(
        name,
        Component.newBuilder()
            .setName(name)
            .setKind(ComponentKind.MODEL)
            .setService("enrichment")
            .setFingerprint("1")
            .setConnector(more.get("type"))
            .setOptions(more)
            .setInputs(List.of())
            .setOutputs(List.of())
            .setCaches(List.of())
            .setRowSchema(AvroTypes.toAvro(new RowType(fields), name).toString())
            .setKey(key)
            .build());
    return this;
  }

  Flow cacheOf(String name, RowType row, List<String> key, String stream) {
    components.put(
        name,
        Component.newBuilder()
            .setName(name)
            .setKind(ComponentKind.CACHE)
            .setService("enrichment")
            .setFingerprint(name + row)
            .setInputs(List.of(stream))
            .setRowSchema(AvroTypes.toAvro(row, name).toString())
            .setKey(key)
            .build());
    return this;
  }

  Flow without(String component) {
    components.remove(component);
    return this;
  }

  Plan plan(DesiredState desired, String... drained) {
    return Plan.newBuilder()
        .setApplication(application)
        .setRevision(++revision)
        .setDesired(desired)
        .setDrained(List.of(drained))
        .setOptions(options)
        .setStreams(List.copyOf(streams.values()))
        .setComponents(List.copyOf(components.values()))
        .setUpdatedAt(revision)
        .build();
  }

  /** Writes events with their keys; a null key column writes no key. */
  void write(String stream, String keyColumn, List<Object[]> events) {
    StreamDefinition definition = streams.get(stream);
    RowType row = AvroTypes.toRow(definition.getRowSchema());
    EventEncoder encoder =
        EventEncoder.announced(AvroTypes.parse(definition.getRowSchema()), schemas);
    int column = keyColumn == null ? -1 : row.indexOf(keyColumn).orElseThrow();
    KeyEncoder keys = column < 0 ? null : new KeyEncoder(RowType.of(row.field(column)));
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Object[] event : events) {
        byte[] key = keys == null ? null : keys.encode(new Object[] {event[column]});
        producer.send(new ProducerRecord<>(definition.getTopic(), key, encoder.encode(event)));
      }
    }
  }

  void writeBytes(String stream, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(streams.get(stream).getTopic(), value));
    }
  }

  /** Writes changes of a table; each is (op, before, after), keyed by the first column. */
  void change(String stream, Object[]... changes) {
    StreamDefinition definition = streams.get(stream);
    EventEncoder encoder =
        EventEncoder.announced(AvroTypes.parse(definition.getRowSchema()), schemas);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (Object[] change : changes) {
        Object[] before = (Object[]) change[1];
        Object[] after = (Object[]) change[2];
        Object[] source = {"test", "db", null, "t", false, null, null};
        Object[] event = {before, after, change[0], System.currentTimeMillis() * 1000, source};
        Object[] keyed = after == null ? before : after;
        byte[] key = keyed == null ? null : String.valueOf(keyed[0]).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(definition.getTopic(), key, encoder.encode(event)));
      }
    }
  }

  void captured(String stream) throws Exception {
    kafka.createTopic(Topics.CAPTURES, 1);
    CaptureProgress progress =
        new CaptureProgress(application, "source", "t", streams.get(stream).getTopic(), true, 0L);
    ByteBuffer buffer = progress.toByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(
          new ProducerRecord<>(Topics.CAPTURES, progress.getTopic().getBytes(UTF_8), bytes));
    }
  }

  /** The committed events of a stream, decoded. */
  List<Object[]> read(String stream) {
    StreamDefinition definition = streams.get(stream);
    EventDecoder decoder = new EventDecoder(AvroTypes.toRow(definition.getRowSchema()), schemas);
    List<Object[]> rows = new ArrayList<>();
    records(definition.getTopic()).forEach(r -> rows.add(decoder.decode(r.value())));
    return rows;
  }

  List<ConsumerRecord<byte[], byte[]>> recordsOf(String stream) {
    return records(streams.get(stream).getTopic());
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
    long deadline = System.nanoTime() + Duration.ofSeconds(45).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 45 s");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    return new KafkaProducer<>(config);
  }
}
