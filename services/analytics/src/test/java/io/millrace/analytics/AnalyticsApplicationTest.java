package io.millrace.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.testing.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service: a plan on the bus makes a stateful query run, and its status is there. */
@Timeout(120)
class AnalyticsApplicationTest {

  @Test
  void followsThePlansOnTheBusAndReports() throws Exception {
    try (Flow flow = new Flow()) {
      flow.input("a", 1, Duration.ZERO)
          .output(1)
          .sql(
              """
              SELECT k, COUNT(*) AS n, window_end AS "until"
              FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))
              GROUP BY k, window_start, window_end
              """);
      Map<String, Object> properties =
          Map.of(
              "millrace.kafka",
              TestKafka.shared().bootstrapServers(),
              "millrace.jwks-uri",
              "http://127.0.0.1:1/jwks",
              "millrace.analytics.snapshot-interval",
              "1s",
              "millrace.ports.analytics",
              0);
      flow.write("a", new Event(0, "x", 1000), new Event(0, "x", 2000), new Event(0, "y", 3000));
      try (var context = AnalyticsApplication.start(properties)) {
        assertThat(context.isActive()).isTrue();
        send(flow.plan(DesiredState.RUNNING));
        Flow.await(() -> statusOf(flow, ComponentState.RUNNING));
      }
      try (var context = AnalyticsApplication.start(properties)) {
        assertThat(context.isActive()).isTrue();
        flow.write("a", new Event(0, "x", 9999), new Event(0, "x", 10_000));
        Flow.await(() -> flow.counts().size() == 2);
        assertThat(flow.counts()).containsExactlyInAnyOrder("x 3@10", "y 1@10");
        send(flow.plan(DesiredState.STOPPED));
        Flow.await(() -> statusOf(flow, ComponentState.STOPPED));
      }
    }
  }

  private static boolean statusOf(Flow flow, ComponentState state) {
    return flow.records(Topics.STATUS).stream()
        .filter(
            r -> r.value() != null && new String(r.key(), UTF_8).startsWith(flow.application + "/"))
        .map(r -> read(r.value()))
        .reduce((first, second) -> second)
        .map(s -> s.getState() == state)
        .orElse(false);
  }

  private static ComponentStatus read(byte[] value) {
    try {
      return ComponentStatus.fromByteBuffer(ByteBuffer.wrap(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Plan plan) throws IOException {
    ByteBuffer buffer = plan.toByteBuffer();
    byte[] value = new byte[buffer.remaining()];
    buffer.get(value);
    Map<String, Object> config = new HashMap<>(TestKafka.shared().clientConfig());
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
      producer.send(
          new ProducerRecord<>(Topics.PLANS, plan.getApplication().getBytes(UTF_8), value));
    }
  }
}
