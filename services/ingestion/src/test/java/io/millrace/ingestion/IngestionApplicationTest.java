package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.service.Services;
import io.millrace.service.secret.SecretCipher;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestMariaDb;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The whole service follows a plan from its topic, with a database behind it. */
class IngestionApplicationTest {

  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private final TestKafka kafka = TestKafka.shared();
  private final TestMariaDb maria = TestMariaDb.shared();

  @Test
  void aPlanOnTheTopicBecomesARunningCapture() throws Exception {
    String db = maria.createDatabase();
    maria.execute(db, "CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
    kafka.createTopic("default.app.t", 1);
    Map<String, Object> properties = new HashMap<>();
    properties.put("millrace.kafka", kafka.bootstrapServers());
    properties.put("millrace.ports.ingestion", 0);
    properties.put("millrace.ports.ingestion-connect", 0);
    properties.put("millrace.secret-key", KEY);
    properties.put("millrace.plugin-path", Path.of("target", "plugins").toAbsolutePath());
    try (var service = IngestionApplication.start(properties)) {
      publish(plan(db));
      await(() -> read("default.app.t").size() == 2);
      await(() -> {
        List<byte[]> statuses = read(Topics.STATUS);
        ComponentStatus last = ComponentStatus.fromByteBuffer(ByteBuffer.wrap(statuses.getLast()));
        return last.getState() == ComponentState.RUNNING && last.getEventsOut() == 2;
      });
      List<String> announced = new ArrayList<>();
      for (byte[] value : read(Topics.CONNECTORS)) {
        announced.add(ConnectorDescriptor.fromByteBuffer(ByteBuffer.wrap(value)).getType());
      }
      assertThat(announced).contains("mariadb-cdc", "mysql-cdc", "postgres-cdc");
      int port = Services.port(service);
      assertThat(get(port, "/actuator/health")).isEqualTo(200);
      assertThat(get(port, "/internal/connectors/mariadb-cdc/check")).isEqualTo(401);
    }
  }

  private static int get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private Plan plan(String db) {
    StreamDefinition stream =
        StreamDefinition.newBuilder()
            .setName("t")
            .setTopic("default.app.t")
            .setRowSchema("{}")
            .setKind(StreamKind.CHANGES)
            .setTable(db + ".t")
            .build();
    Component source =
        Component.newBuilder()
            .setName("db")
            .setKind(ComponentKind.SOURCE)
            .setService("ingestion")
            .setFingerprint("1")
            .setConnector("mariadb-cdc")
            .setOptions(
                Map.of(
                    "hostname",
                    "127.0.0.1",
                    "port",
                    "" + maria.port(),
                    "username",
                    maria.username(),
                    "password",
                    SecretCipher.reference(SecretCipher.of(KEY).encrypt(maria.password())),
                    "tables",
                    db + ".t"))
            .setOutputs(List.of("t"))
            .build();
    return Plan.newBuilder()
        .setApplication("default.app")
        .setRevision(1)
        .setDesired(DesiredState.RUNNING)
        .setStreams(List.of(stream))
        .setComponents(List.of(source))
        .build();
  }

  private void publish(Plan plan) throws Exception {
    ByteBuffer buffer = plan.toByteBuffer();
    byte[] value = new byte[buffer.remaining()];
    buffer.get(value);
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key = plan.getApplication().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.PLANS, key, value)).get();
    }
  }

  private List<byte[]> read(String topic) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("isolation.level", "read_committed");
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(r -> {
              if (r.value() != null) {
                values.add(r.value());
              }
            });
      }
    }
    return values;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited for a minute");
      }
      LockSupport.parkNanos(200_000_000);
    }
  }
}
