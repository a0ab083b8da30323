package io.millrace.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.testing.TestKafka;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** A real worker on a real broker follows the plans. */
class ConnectWorkerTest {

  private static final String SECRET = "${secret:emases_nepo}";

  private final TestKafka kafka = TestKafka.shared();

  @Test
  void aPlanIsFollowedThroughItsLife() throws Exception {
    kafka.createTopic("default.life.numbers", 1);
    String service = "life";
    Node node = new Node(service);
    try {
      node.reconciler.plans(List.of(plan("default.life", service, DesiredState.DEPLOYED, 20)));
      await(() -> node.state() == ComponentState.STOPPED);
      node.reconciler.plans(List.of(plan("default.life", service, DesiredState.RUNNING, 20)));
      await(() -> read("default.life.numbers").size() == 20);
      await(() -> node.state() == ComponentState.RUNNING && node.status().getEventsOut() == 20);
      node.reconciler.plans(List.of(plan("default.life", service, DesiredState.STOPPED, 20)));
      await(() -> node.state() == ComponentState.STOPPED);

      // undeployed and deployed again it goes on where it was
      node.reconciler.plans(List.of());
      await(() -> node.worker.herder().connectors().isEmpty());
      node.reconciler.plans(List.of(plan("default.life", service, DesiredState.RUNNING, 50)));
      await(() -> read("default.life.numbers").size() == 50);
    } finally {
      node.close();
    }
    // a restarted process finds its connectors and changes nothing
    Node again = new Node(service);
    try {
      again.reconciler.plans(List.of(plan("default.life", service, DesiredState.RUNNING, 60)));
      await(() -> again.state() == ComponentState.RUNNING);
      await(() -> read("default.life.numbers").size() == 60);
      assertThat(read("default.life.numbers"))
          .isEqualTo(IntStream.range(0, 60).mapToObj(Integer::toString).toList());
    } finally {
      again.close();
    }
  }

  @Test
  void theRestListenerIsShutToAllButTheGroup() throws Exception {
    Node node = new Node("shut");
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/", "/connectors", "/connector-plugins", "/admin/loggers")) {
        HttpRequest get =
            HttpRequest.newBuilder(URI.create("http://" + node.worker.workerId() + path)).build();
        assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(403);
      }
      HttpRequest unsigned =
          HttpRequest.newBuilder(
                  URI.create("http://" + node.worker.workerId() + "/connectors/x/tasks"))
              .POST(HttpRequest.BodyPublishers.ofString("[]"))
              .header("Content-Type", "application/json")
              .build();
      assertThat(client.send(unsigned, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(403);
    } finally {
      node.close();
    }
  }

  @Test
  void aFailingTaskSaysWhyAndIsTriedAgain() {
    kafka.createTopic("default.failing.numbers", 1);
    Node node = new Node("failing");
    try {
      Plan plan = plan("default.failing", "failing", DesiredState.RUNNING, 5);
      plan.getComponents().getFirst().getOptions().put("password", "guessed");
      node.reconciler.plans(List.of(plan));
      await(() -> node.state() == ComponentState.RESTARTING);
      assertThat(node.status().getError()).isEqualTo("the password is wrong");
      node.reconciler.plans(List.of(plan("default.failing", "failing", DesiredState.RUNNING, 5)));
      await(() -> node.state() == ComponentState.RUNNING);
      await(() -> read("default.failing.numbers").size() == 5);
    } finally {
      node.close();
    }
  }

  @Test
  void whatIsToStopOnAnErrorStaysFailedUntilItIsStartedAgain() {
    kafka.createTopic("default.strict.numbers", 1);
    Node node = new Node("strict");
    try {
      Plan plan = plan("default.strict", "strict", DesiredState.RUNNING, 5);
      plan.getComponents().getFirst().getOptions().put("refuse", "yes");
      node.reconciler.plans(List.of(plan));
      await(() -> node.state() == ComponentState.FAILED);
      assertThat(node.status().getError()).startsWith("line 7: not a number. The application has");
      node.reconciler.plans(List.of(plan("default.strict", "strict", DesiredState.RUNNING, 5)));
      await(() -> read("default.strict.numbers").size() == 5);
    } finally {
      node.close();
    }
  }

  @Test
  void workersShareAndTakeOver() {
    kafka.createTopic("default.shared.numbers", 1);
    List<Plan> plans = List.of(plan("default.shared", "shared", DesiredState.RUNNING, 1_000_000));
    Node first = new Node("shared");
    Node second = new Node("shared");
    try {
      first.reconciler.plans(plans);
      second.reconciler.plans(plans);
      await(
          () -> first.state() == ComponentState.RUNNING ^ second.state() == ComponentState.RUNNING);
      Node busy = first.state() == ComponentState.RUNNING ? first : second;
      Node idle = busy == first ? second : first;
      busy.close();
      await(() -> idle.state() == ComponentState.RUNNING);
      List<String> read = read("default.shared.numbers");
      assertThat(read)
          .isEqualTo(IntStream.range(0, read.size()).mapToObj(Integer::toString).toList());
    } finally {
      first.close();
      second.close();
    }
  }

  private final class Node {
    final ConnectWorker worker;
    final ConnectorReconciler reconciler;
    final ComponentStatuses statuses;

    Node(String service) {
      WorkerSettings settings =
          new WorkerSettings(
              service,
              kafka.clientConfig(),
              "127.0.0.1",
              0,
              true,
              "",
              c -> new StringBuilder(c.replace('_', ' ')).reverse().toString(),
              Map.of("scheduled.rebalance.max.delay.ms", "0"));
      worker = ConnectWorker.start(settings);
      PlanConnectors connectors =
          new PlanConnectors(service, List.of(new CountingProvider()), kafka.clientConfig());
      reconciler = new ConnectorReconciler(worker, connectors);
      statuses = new ComponentStatuses(reconciler, service, worker.workerId());
    }

    ComponentStatus status() {
      List<ComponentStatus> all = statuses.collect();
      return all.isEmpty() ? null : all.getFirst();
    }

    ComponentState state() {
      ComponentStatus status = status();
      return status == null ? null : status.getState();
    }

    void close() {
      reconciler.close();
      worker.close();
    }
  }

  private static Plan plan(String application, String service, DesiredState desired, int limit) {
    StreamDefinition stream =
        StreamDefinition.newBuilder()
            .setName("numbers")
            .setTopic(application + ".numbers")
            .setRowSchema("{}")
            .setKind(StreamKind.EVENTS)
            .build();
    Component source =
        Component.newBuilder()
            .setName("numbers")
            .setKind(ComponentKind.SOURCE)
            .setService(service)
            .setFingerprint("1")
            .setConnector("counting")
            .setOptions(new HashMap<>(Map.of("limit", "" + limit, "password", SECRET)))
            .setOutputs(List.of("numbers"))
            .build();
    return Plan.newBuilder()
        .setApplication(application)
        .setRevision(1)
        .setDesired(desired)
        .setStreams(List.of(stream))
        .setComponents(List.of(source))
        .build();
  }

  private List<String> read(String topic) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(r -> values.add(new String(r.value(), StandardCharsets.UTF_8)));
      }
    }
    return values;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited for a minute");
      }
      LockSupport.parkNanos(50_000_000);
    }
  }
}
