package io.millrace.service.probe;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.cloud.stream.binder.kafka.KafkaBinderMetrics.OFFSET_LAG_METRIC_NAME;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.Plan;
import io.millrace.service.InstanceId;
import io.millrace.service.Services;
import io.millrace.service.bus.ControlTopics;
import io.millrace.service.bus.Outbound;
import io.millrace.service.connectors.ConnectorAnnouncer;
import io.millrace.service.status.StatusReporter;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A service on the kit, started twice in one JVM beside a real Kafka. */
class ServiceTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static KafkaProducer<String, byte[]> producer;
  private static ConfigurableApplicationContext first;
  private static ConfigurableApplicationContext second;

  @BeforeAll
  static void start() throws Exception {
    Map<String, Object> config = new HashMap<>(TestKafka.shared().clientConfig());
    producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    ControlTopics.ensure(config, Duration.ofSeconds(30));
    send("default.early", plan("default.early", 1));
    send("default.early", plan("default.early", 2));
    send("default.gone", plan("default.gone", 1));
    send("default.gone", null);
    first = service();
    second = service();
  }

  @AfterAll
  static void stop() {
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
    producer.close();
  }

  @Test
  void everyInstanceGetsEveryPlanTheEarlyOnesOnceAndThenTheCatchUp() throws Exception {
    send("default.late", plan("default.late", 1));
    send("default.troublesome", plan("default.troublesome", 1));
    send("default.late", null);
    send("default.dropped", Plan.newBuilder(plan("default.dropped", 3)).setDropped(true).build());
    for (ConfigurableApplicationContext service : List.of(first, second)) {
      List<String> events = service.getBean(ProbeApplication.Seen.class).events;
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () -> assertThat(events).contains("default.troublesome@1", "-default.dropped"));
      assertThat(events)
          .startsWith("default.early@2", "-default.gone", "caught up")
          .containsOnlyOnce("default.early@2")
          .contains("-default.late", "-default.dropped")
          .doesNotContain("default.dropped@3");
    }
  }

  /** The end was once looked for in pauses only, which a busy topic does not have. */
  @Test
  void theEndIsFoundOnATopicThatIsWrittenAllTheTime() throws Exception {
    ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    try {
      writer.scheduleAtFixedRate(
          () ->
              producer.send(
                  new ProducerRecord<>(
                      Topics.PLANS, 0, "default.busy", Outbound.encode(plan("default.busy", 1)))),
          0,
          20,
          TimeUnit.MILLISECONDS);
      try (ConfigurableApplicationContext third = service()) {
        List<String> events = third.getBean(ProbeApplication.Seen.class).events;
        await().atMost(20, SECONDS).until(() -> events.contains("caught up"));
        // those of the binder would hold up a stop that comes early
        assertThat(third.getBean(MeterRegistry.class).find(OFFSET_LAG_METRIC_NAME).gauges())
            .isEmpty();
      }
    } finally {
      writer.shutdownNow();
      producer.send(new ProducerRecord<>(Topics.PLANS, 0, "default.busy", null)).get();
    }
  }

  @Test
  void statusesAreSentRepeatedAndWithdrawn() throws Exception {
    ConfigurableApplicationContext third = service();
    InstanceId instance = third.getBean(InstanceId.class);
    StatusReporter reporter = third.getBean(StatusReporter.class);
    reporter.report(status("a"));
    reporter.report(status("b"));
    reporter.remove("default.app", "a");
    String keyA = "default.app/a/" + instance;
    String keyB = "default.app/b/" + instance;
    try (KafkaConsumer<String, byte[]> consumer = consumer(Topics.STATUS)) {
      Map<String, ByteBuffer> latest = new LinkedHashMap<>();
      await()
          .atMost(20, SECONDS)
          .until(() -> {
            read(consumer, latest);
            return latest.get(keyB) != null && latest.containsKey(keyA);
          });
      assertThat(latest.get(keyA)).isNull();
      ComponentStatus b = ComponentStatus.fromByteBuffer(latest.get(keyB).duplicate());
      assertThat(b.getService()).isEqualTo("probe");
      assertThat(b.getInstance()).isEqualTo(instance.value());
      await()
          .atMost(20, SECONDS)
          .until(() -> {
            read(consumer, latest);
            return ComponentStatus.fromByteBuffer(latest.get(keyB).duplicate()).getReportedAt()
                >= b.getReportedAt() + 1_500;
          });
      third.close();
      await()
          .atMost(20, SECONDS)
          .until(() -> {
            read(consumer, latest);
            return latest.get(keyB) == null;
          });
    }
  }

  @Test
  void connectorsAreAnnounced() throws Exception {
    first
        .getBean(ConnectorAnnouncer.class)
        .announce(
            List.of(
                new ConnectorDescriptor(
                    "file",
                    Direction.SOURCE,
                    "ingestion",
                    "File",
                    "Reads files",
                    false,
                    ColumnsRule.OPTIONAL,
                    "exactly-once",
                    List.of())));
    try (KafkaConsumer<String, byte[]> consumer = consumer(Topics.CONNECTORS)) {
      Map<String, ByteBuffer> latest = new HashMap<>();
      await()
          .atMost(20, SECONDS)
          .until(() -> {
            read(consumer, latest);
            return latest.containsKey("SOURCE/file");
          });
    }
  }

  @Test
  void onlyHealthIsOpen() throws Exception {
    await().atMost(20, SECONDS).until(() -> get("/actuator/health", null).statusCode() == 200);
    HttpResponse<String> closed = get("/who", null);
    assertThat(closed.statusCode()).isEqualTo(401);
    assertThat(closed.headers().firstValue("content-type"))
        .hasValue("application/problem+json;charset=UTF-8");
    assertThat(closed.body()).contains("\"code\":\"UNAUTHENTICATED\"").contains("/auth/token");
    assertThat(get("/actuator/prometheus", null).statusCode()).isEqualTo(401);
    assertThat(get("/who", "nonsense").statusCode()).isEqualTo(401);
    TestTokens tokens = TestTokens.shared();
    Instant soon = Instant.now().plusSeconds(60);
    assertThat(get("/who", tokens.token("elsewhere", soon, "eve", "ADMIN")).statusCode())
        .isEqualTo(401);
    assertThat(
            get("/who", tokens.token("millrace", Instant.now().minusSeconds(120), "eve", "ADMIN"))
                .statusCode())
        .isEqualTo(401);
    assertThat(get("/who", tokens.token("nobody")).statusCode()).isEqualTo(403);
  }

  @Test
  void rolesImplyOneAnotherAndViewersChangeNothing() throws Exception {
    TestTokens tokens = TestTokens.shared();
    assertThat(get("/who", tokens.token("vera", "VIEWER")).body()).contains("vera");
    assertThat(get("/actuator/prometheus", tokens.token("vera", "VIEWER")).body())
        .contains("jvm_memory_used_bytes")
        .contains("service=\"probe\"");
    HttpResponse<String> refused =
        post("/change", tokens.token("vera", "VIEWER"), "{\"name\":\"x\"}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"code\":\"FORBIDDEN\"");
    assertThat(post("/change", tokens.token("otto", "OPERATOR"), "{\"name\":\"x\"}").statusCode())
        .isEqualTo(200);
    HttpResponse<String> notAdmin = post("/administer", tokens.token("dora", "DEVELOPER"), "");
    assertThat(notAdmin.statusCode()).isEqualTo(403);
    assertThat(notAdmin.body()).contains("\"code\":\"FORBIDDEN\"");
    assertThat(post("/administer", tokens.token("ada", "ADMIN"), "").statusCode()).isEqualTo(200);
  }

  @Test
  void everyErrorIsProblemDetailsWithACode() throws Exception {
    String token = TestTokens.shared().token("otto", "OPERATOR");
    HttpResponse<String> missing = get("/missing", token);
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body())
        .contains("\"code\":\"NOT_FOUND\"")
        .contains("\"hint\":\"look elsewhere\"")
        .doesNotContain("\"properties\"");
    HttpResponse<String> nowhere = get("/nowhere", token);
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(nowhere.body()).contains("\"code\":\"NOT_FOUND\"");
    HttpResponse<String> invalid = post("/change", token, "{\"name\":\"\"}");
    assertThat(invalid.statusCode()).isEqualTo(400);
    assertThat(invalid.body()).contains("\"field\":\"name\"");
    assertThat(post("/change", token, "{oops").body()).contains("\"code\":\"BAD_REQUEST\"");
    HttpResponse<String> broken = get("/broken", token);
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).contains("incident").doesNotContain("secret detail");
  }

  private static ConfigurableApplicationContext service() {
    return Services.start(
        ProbeApplication.class,
        Map.of(
            "millrace.kafka", TestKafka.shared().bootstrapServers(),
            "millrace.jwks-uri", TestTokens.shared().jwksUri(),
            "millrace.ports.probe", 0));
  }

  private static HttpResponse<String> get(String path, String token) throws Exception {
    return send(request(path, token).GET());
  }

  private static HttpResponse<String> post(String path, String token, String body)
      throws Exception {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + Services.port(first) + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static KafkaConsumer<String, byte[]> consumer(String topic) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<String, Object>(TestKafka.shared().clientConfig()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(topic, 0)));
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  private static void read(KafkaConsumer<String, byte[]> consumer, Map<String, ByteBuffer> latest) {
    consumer
        .poll(Duration.ofMillis(100))
        .forEach(r -> latest.put(r.key(), r.value() == null ? null : ByteBuffer.wrap(r.value())));
  }

  private static void send(String key, Plan plan) throws Exception {
    byte[] value = plan == null ? null : Outbound.encode(plan);
    producer.send(new ProducerRecord<>(Topics.PLANS, 0, key, value)).get();
  }

  private static Plan plan(String application, long revision) {
    return Plan.newBuilder()
        .setApplication(application)
        .setRevision(revision)
        .setDesired(DesiredState.RUNNING)
        .setStreams(List.of())
        .setComponents(List.of())
        .build();
  }

  private static ComponentStatus status(String component) {
    return ComponentStatus.newBuilder()
        .setApplication("default.app")
        .setComponent(component)
        .setService("")
        .setInstance("")
        .setRevision(1)
        .setState(ComponentState.RUNNING)
        .setStartedAt(1)
        .setReportedAt(0)
        .build();
  }
}
