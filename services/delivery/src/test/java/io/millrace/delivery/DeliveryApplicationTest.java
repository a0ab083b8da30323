package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.service.secret.SecretCipher;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestPostgres;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service follows a plan from its topic, with real targets behind it. */
class DeliveryApplicationTest {

  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final String APPLICATION = "default.delivery";
  private static final String TOPIC = APPLICATION + ".stock";
  private static final int PARTITIONS = 4;

  /** Connect gives a task that is stopped while its group changes half a minute, several times. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final RowType STOCK =
      RowType.of(Field.required("id", DataType.INT), Field.nullable("name", DataType.STRING));

  private final TestKafka kafka = TestKafka.shared();
  private final TestPostgres postgres = TestPostgres.shared();
  private final String database = postgres.createDatabase();
  private final Schema schema = AvroTypes.toAvro(STOCK, TOPIC);

  @Test
  void aPlanOnTheTopicBecomesRunningSinksThatTwoInstancesShare() throws Exception {
    kafka.createTopic(TOPIC, PARTITIONS);
    kafka.createTopic(Topics.deadLetters(APPLICATION), 1);
    kafka.createTopic(Topics.replays(APPLICATION), 1);
    postgres.execute(database, "CREATE TABLE warehouse (id integer PRIMARY KEY, name varchar(10))");
    try (ConfigurableApplicationContext one = start();
        ConfigurableApplicationContext two = start()) {
      assertThat(one.isRunning() && two.isRunning()).isTrue();
      publish(plan(DesiredState.RUNNING));
      send(0, 1000);
      await("all rows", () -> count("warehouse") == 1000);
      await("all records", () -> committed("copies").size() == 1000);
      await(
          "both instances run tasks",
          () ->
              statuses("warehouse").stream()
                      .filter(s -> s.getState() == ComponentState.RUNNING)
                      .map(ComponentStatus::getInstance)
                      .distinct()
                      .count()
                  == 2);

      sendOne(5000, "far too long a name");
      await("a dead letter", () -> letters().size() == 1);
      DeadLetter letter = letters().getFirst();
      assertThat(letter.getCode()).isEqualTo("REJECTED_BY_TARGET");
      postgres.execute(database, "ALTER TABLE warehouse ALTER COLUMN name TYPE varchar(50)");
      replay(letter);
      await("the replayed row", () -> count("warehouse") == 1001);
      // Two instances in one JVM share its counters, so the sum may count the letter twice.
      await(
          "the status says so",
          () ->
              statuses("warehouse").stream().mapToLong(ComponentStatus::getDeadLetters).sum() >= 1
                  && statuses("warehouse").stream().mapToLong(ComponentStatus::getEventsIn).sum()
                      >= 1001);

      two.close();
      send(1000, 1000);
      await("the rows after one left", () -> count("warehouse") == 2001);
      await("the records after one left", () -> committed("copies").size() == 2001);
      assertThat(Set.copyOf(committed("copies"))).hasSize(2001);

      publish(plan(DesiredState.STOPPED));
      await(
          "stopped",
          () ->
              statuses("warehouse").stream().anyMatch(s -> s.getState() == ComponentState.STOPPED));
      send(2000, 10);
      publish(plan(DesiredState.RUNNING));
      await("the rows after a stop", () -> count("warehouse") == 2011);
      Set<String> announced = new HashSet<>();
      for (ConsumerRecord<byte[], byte[]> record : read(Topics.CONNECTORS)) {
        announced.add(
            ConnectorDescriptor.fromByteBuffer(ByteBuffer.wrap(record.value())).getType());
      }
      assertThat(announced).contains("jdbc", "kafka", "file");
    }
  }

  private ConfigurableApplicationContext start() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("millrace.kafka", kafka.bootstrapServers());
    properties.put("millrace.ports.delivery", 0);
    properties.put("millrace.ports.delivery-connect", 0);
    properties.put("millrace.secret-key", KEY);
    return DeliveryApplication.start(properties);
  }

  private Plan plan(DesiredState desired) {
    StreamDefinition stream =
        StreamDefinition.newBuilder()
            .setName("stock")
            .setTopic(TOPIC)
            .setRowSchema(schema.toString())
            .setKind(StreamKind.EVENTS)
            .setPartitionBy(List.of("id"))
            .setPartitions(PARTITIONS)
            .build();
    Component warehouse =
        sink(
            "warehouse",
            "jdbc",
            Map.of(
                "url",
                postgres.jdbcUrl(database),
                "username",
                postgres.username(),
                "password",
                SecretCipher.reference(SecretCipher.of(KEY).encrypt(postgres.password())),
                "mode",
                "upsert"));
    Component copies = sink("copies", "kafka", Map.of("topic", "copies"));
    return Plan.newBuilder()
        .setApplication(APPLICATION)
        .setRevision(1)
        .setDesired(desired)
        .setStreams(List.of(stream))
        .setComponents(List.of(warehouse, copies))
        .build();
  }

  private static Component sink(String name, String connector, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    if (connector.equals("jdbc")) {
      all.put("table", name);
    }
    return Component.newBuilder()
        .setName(name)
        .setKind(ComponentKind.SINK)
        .setService("delivery")
        .setFingerprint("1")
        .setConnector(connector)
        .setOptions(all)
        .setInputs(List.of("stock"))
        .build();
  }

  private void send(int from, int count) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer();
        KafkaSchemaStore schemas = new KafkaSchemaStore(kafka.clientConfig())) {
      EventEncoder encoder = EventEncoder.announced(schema, schemas);
      KeyEncoder keys = new KeyEncoder(RowType.of(STOCK.field(0)));
      for (int id = from; id < from + count; id++) {
        producer.send(
            new ProducerRecord<>(
                TOPIC,
                keys.encode(new Object[] {id}),
                encoder.encode(new Object[] {id, "n" + id})));
      }
    }
  }

  private void sendOne(int id, String name) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer();
        KafkaSchemaStore schemas = new KafkaSchemaStore(kafka.clientConfig())) {
      EventEncoder encoder = EventEncoder.announced(schema, schemas);
      producer
          .send(new ProducerRecord<>(TOPIC, null, encoder.encode(new Object[] {id, name})))
          .get();
    }
  }

  private void replay(DeadLetter letter) throws Exception {
    write(Topics.replays(APPLICATION), letter.getId(), letter.toByteBuffer());
  }

  private void publish(Plan plan) throws Exception {
    write(Topics.PLANS, plan.getApplication(), plan.toByteBuffer());
  }

  private void write(String topic, String key, ByteBuffer buffer) throws Exception {
    byte[] value = new byte[buffer.remaining()];
    buffer.get(value);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private long count(String table) throws Exception {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private List<String> committed(String topic) {
    return read(topic).stream().map(r -> new String(r.value(), StandardCharsets.UTF_8)).toList();
  }

  private List<DeadLetter> letters() throws Exception {
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(Topics.deadLetters(APPLICATION))) {
      letters.add(DeadLetter.fromByteBuffer(ByteBuffer.wrap(record.value())));
    }
    return letters;
  }

  /** The latest status of a component from each instance that has not withdrawn it. */
  private List<ComponentStatus> statuses(String component) throws Exception {
    Map<String, ComponentStatus> latest = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(Topics.STATUS)) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      latest.remove(key);
      if (record.value() != null) {
        latest.put(key, ComponentStatus.fromByteBuffer(ByteBuffer.wrap(record.value())));
      }
    }
    return latest.values().stream().filter(s -> s.getComponent().equals(component)).toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("isolation.level", "read_committed");
    config.put("allow.auto.create.topics", false);
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
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
    }
    return records;
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(100_000_000);
    }
  }
}
