package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DesiredState;
import io.millrace.testing.TestKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LifecycleTest {

  private static final String OFFSETS = "millrace.connect.ingestion.offsets";
  private static final String PATH = "/api/v1/applications";

  private final Control control = Control.shared();

  @Test
  void anApplicationLivesFromCreatedToDropped() throws Exception {
    String path = create("life");
    try (FakeServices services = new FakeServices("default.life")) {
      assertThat(control.post(path + "/start", null).code()).isEqualTo("NOT_DEPLOYED");
      assertThat(control.post(path + "/stop", null).code()).isEqualTo("NOT_RUNNING");
      assertThat(control.post(path + "/explode", null).status()).isEqualTo(404);

      Control.Answer deploy = control.post(path + "/deploy", null);
      assertThat(deploy.status()).isEqualTo(202);
      String operation = deploy.http().headers().firstValue("Location").orElseThrow();
      until(() -> control.get(operation).body().path("state").asString().equals("SUCCEEDED"));
      assertThat(state(path)).isEqualTo("DEPLOYED");
      Set<String> topics = topics();
      assertThat(topics)
          .contains(
              "default.life.evens",
              "default.life.big",
              Topics.deadLetters("default.life"),
              Topics.replays("default.life"));
      until(() -> services.plan() != null);
      assertThat(services.plan().getDesired()).isEqualTo(DesiredState.DEPLOYED);

      control.post(path + "/start", null);
      untilState(path, "RUNNING");
      assertThat(services.starts)
          .containsOnlyKeys("numbers", "evens", "big", "delivered", "archive");
      assertThat(control.delete(path).code()).isEqualTo("STILL_RUNNING");
      assertThat(control.post(path + "/undeploy", null).code()).isEqualTo("STILL_RUNNING");

      Control.Answer stop = control.post(path + "/stop", null);
      untilState(path, "STOPPED");
      until(() ->
          control
              .get("/api/v1/operations/" + stop.body().path("id").asString())
              .body()
              .path("state")
              .asString()
              .equals("SUCCEEDED"));

      control.post(path + "/undeploy", null);
      until(() -> services.removed);
      untilState(path, "CREATED");
      assertThat(topics()).contains("default.life.evens");

      TestKafka.shared().createTopic(OFFSETS, 1);
      leavePositions("default.life");
      leavePositions("default.lively");
      assertThat(control.delete(path).status()).isEqualTo(204);
      assertThat(control.get(path).status()).isEqualTo(404);
      until(() -> services.plans.getLast().getDropped());
      until(() -> !topics().contains("default.life.evens"));
      until(() -> services.removed);
      assertThat(positions()).noneMatch(p -> p.contains("default.life."));
      assertThat(positions())
          .contains("[\"default.lively.numbers\",{}]", "connect-default.lively.archive");
      until(() -> control.post(PATH, Map.of("script", Scripts.chain("life"))).status() == 201);
      assertThat(control.get("/api/v1/audit?target=default.life").body().path("items").toString())
          .contains("application.deploy", "application.start", "application.drop");
    }
  }

  /** Positions where Kafka Connect keeps those of its sources and sinks. */
  private static void leavePositions(String application) throws Exception {
    Map<String, Object> config = new HashMap<>(TestKafka.shared().clientConfig());
    try (Admin admin = Admin.create(config);
        KafkaProducer<String, byte[]> producer = FakeConnectors.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  OFFSETS, "[\"" + application + ".numbers\",{}]", new byte[] {'{', '}'}))
          .get();
      admin
          .alterConsumerGroupOffsets(
              "connect-" + application + ".archive",
              Map.of(new TopicPartition(OFFSETS, 0), new OffsetAndMetadata(1)))
          .all()
          .get();
    }
  }

  /** The keys of positions that are there, and the sinks' consumer groups. */
  private static Set<String> positions() throws Exception {
    Map<String, Object> config = new HashMap<>(TestKafka.shared().clientConfig());
    Set<String> found = new HashSet<>();
    try (Admin admin = Admin.create(config);
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition offsets = new TopicPartition(OFFSETS, 0);
      consumer.assign(List.of(offsets));
      consumer.seekToBeginning(List.of(offsets));
      long end = consumer.endOffsets(List.of(offsets)).get(offsets);
      while (consumer.position(offsets) < end) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.value() == null) {
            found.remove(record.key());
          } else {
            found.add(record.key());
          }
        }
      }
      admin.listGroups().all().get().forEach(group -> found.add(group.groupId()));
    }
    return found;
  }

  @Test
  void quiesceDrainsStageByStage() throws Exception {
    String path = create("drain");
    try (FakeServices services = new FakeServices("default.drain")) {
      run(path);
      services.lags.put("evens", 5L);
      services.lags.put("big", 3L);
      Control.Answer quiesce = control.post(path + "/quiesce", null);
      until(() -> services.stopped.contains("numbers"));
      assertThat(state(path)).isEqualTo("QUIESCING");
      assertThat(services.stopped).containsExactly("numbers");
      services.lags.put("evens", 0L);
      until(() -> services.stopped.contains("evens"));
      assertThat(services.stopped).doesNotContain("big", "archive");
      until(() -> services.stopped.contains("delivered"));
      services.lags.put("big", 0L);
      untilState(path, "STOPPED");
      assertThat(services.stopped.indexOf("big")).isLessThan(services.stopped.indexOf("archive"));
      until(() ->
          control
              .get("/api/v1/operations/" + quiesce.body().path("id").asString())
              .body()
              .path("state")
              .asString()
              .equals("SUCCEEDED"));
      until(() -> services.plan().getDesired() == DesiredState.STOPPED);
      control.post(path + "/start", null);
      untilState(path, "RUNNING");
    }
  }

  @Test
  void aNewRevisionRestartsOnlyWhatChanged() throws Exception {
    String path = create("evolve");
    try (FakeServices services = new FakeServices("default.evolve")) {
      run(path);
      Map<String, Long> before = new HashMap<>(services.starts);
      String changed =
          Scripts.chain("evolve").replace("id > 100", "id > 1000")
              + "CREATE STREAM more AS SELECT id FROM evens;\n";
      assertThat(control.put(path, Map.of("script", changed)).status()).isEqualTo(200);
      until(() -> services.starts.containsKey("more"));
      untilState(path, "RUNNING");
      assertThat(services.starts.get("big")).isEqualTo(before.get("big") + 1);
      assertThat(services.starts.get("numbers")).isEqualTo(before.get("numbers"));
      assertThat(services.starts.get("evens")).isEqualTo(before.get("evens"));
      assertThat(services.starts.get("delivered")).isEqualTo(before.get("delivered"));
      assertThat(topics()).contains("default.evolve.more");
    }
  }

  @Test
  void failuresAreNamedAndSilenceIsNoticed() throws Exception {
    String path = create("fragile");
    try (FakeServices services = new FakeServices("default.fragile")) {
      run(path);
      services.restarts.put("big", "the cache is away, waiting for it");
      untilState(path, "DEGRADED");
      assertThat(control.get(path + "/status").body().path("reason").asString())
          .isEqualTo("big: the cache is away, waiting for it");
      services.restarts.clear();
      untilState(path, "RUNNING");
      services.failures.put("delivered", "the disk is full; make room");
      untilState(path, "FAILED");
      JsonNode status = control.get(path + "/status").body();
      assertThat(status.path("reason").asString())
          .isEqualTo("delivered: the disk is full; make room");
      services.failures.clear();
      untilState(path, "RUNNING");
      services.silent = true;
      untilState(path, "DEGRADED");
      assertThat(control.get(path + "/status").body().path("reason").asString())
          .contains("no instance of the service");
      services.silent = false;
      untilState(path, "RUNNING");
    }
  }

  @Test
  void totalsOutliveTheInstancesThatCounted() throws Exception {
    String path = create("totals");
    try (FakeServices services = new FakeServices("default.totals")) {
      run(path);
      services.count("evens", 100);
      until(() -> eventsIn(path, "evens") == 100);
      services.restart();
      services.count("evens", 7);
      until(() -> eventsIn(path, "evens") == 107);
      JsonNode evens = component(path, "evens");
      assertThat(evens.path("guarantee").asString()).isEqualTo("exactly-once");
      assertThat(evens.path("edges").path(0).path("stream").asString()).isEqualTo("numbers");
      assertThat(evens.path("latencyP99Millis").asDouble()).isEqualTo(5.0);
    }
  }

  @Test
  void anotherValueOfASecretRestartsWhatUsesIt() throws Exception {
    control.put("/api/v1/secrets/rotating", Map.of("value", "one"));
    String script =
        """
        CREATE APPLICATION rotation;
        CREATE SOURCE db WITH (connector = 'shop-cdc', password = SECRET rotating);
        CREATE STREAM changes FROM db TABLE 'shop.stock';
        CREATE STREAM stock AS SELECT c.after.id FROM changes AS c;
        """;
    control.post(PATH, Map.of("script", script));
    String path = PATH + "/default.rotation";
    try (FakeServices services = new FakeServices("default.rotation")) {
      run(path);
      assertThat(services.starts.get("db")).isEqualTo(1);
      control.put("/api/v1/secrets/rotating", Map.of("value", "one"));
      control.put("/api/v1/secrets/rotating", Map.of("value", "two"));
      until(() -> services.starts.get("db") == 2);
      assertThat(services.starts.get("stock")).isEqualTo(1);
      assertThat(services.plan().toString()).contains("${secret:").doesNotContain("\"two\"");
    }
  }

  @Test
  void aControlThatIsKilledGoesOnWhereItWas() throws Exception {
    try (Control own =
            new Control(Map.of("millrace.urls.ingestion", FakeIngestion.shared().url()));
        FakeServices services = new FakeServices("default.survivor")) {
      FakeConnectors.announce(own);
      own.post(PATH, Map.of("script", Scripts.chain("survivor")));
      String path = PATH + "/default.survivor";
      // Stopped before anything of the order can have reached Kafka.
      own.post(path + "/deploy", null);
      Control.Answer start = own.post(path + "/start", null);
      own.stop();
      own.start();
      String operation = "/api/v1/operations/" + start.body().path("id").asString();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> own.get(operation).body().path("state").asString().equals("SUCCEEDED"));
      assertThat(own.get(path).body().path("state").asString()).isEqualTo("RUNNING");

      services.lags.put("big", 9L);
      own.post(path + "/quiesce", null);
      await().atMost(Duration.ofSeconds(30)).until(() -> services.stopped.contains("delivered"));
      own.stop();
      services.lags.put("big", 0L);
      own.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> own.get(path).body().path("state").asString().equals("STOPPED"));
      assertThat(services.stopped.indexOf("big")).isLessThan(services.stopped.indexOf("archive"));
      own.post(path + "/undeploy", null);
    }
  }

  @Test
  void quiesceAndStartCanFollowOneAnother() throws Exception {
    String path = create("hesitant");
    try (FakeServices services = new FakeServices("default.hesitant")) {
      run(path);
      services.lags.put("evens", 5L);
      Control.Answer quiesce = control.post(path + "/quiesce", null);
      until(() -> services.stopped.contains("numbers"));
      control.post(path + "/start", null);
      untilState(path, "RUNNING");
      assertThat(
              control
                  .get("/api/v1/operations/" + quiesce.body().path("id").asString())
                  .body()
                  .path("state")
                  .asString())
          .isEqualTo("SUPERSEDED");
      assertThat(services.plan().getDrained()).isEqualTo(List.of());
    }
  }

  private String create(String name) {
    Control.Answer created = control.post(PATH, Map.of("script", Scripts.chain(name)));
    assertThat(created.status()).isEqualTo(201);
    return PATH + "/default." + name;
  }

  private void run(String path) {
    control.post(path + "/deploy", null);
    control.post(path + "/start", null);
    untilState(path, "RUNNING");
  }

  private String state(String path) {
    return control.get(path).body().path("state").asString();
  }

  private long eventsIn(String path, String component) {
    return component(path, component).path("eventsIn").asLong();
  }

  private JsonNode component(String path, String name) {
    for (JsonNode component : control.get(path + "/status").body().path("components")) {
      if (component.path("name").asString().equals(name)) {
        return component;
      }
    }
    throw new AssertionError("no component " + name);
  }

  private void untilState(String path, String state) {
    until(() -> state(path).equals(state));
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100)).until(condition);
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(TestKafka.shared().clientConfig()))) {
      return admin.listTopics().names().get();
    }
  }
}
