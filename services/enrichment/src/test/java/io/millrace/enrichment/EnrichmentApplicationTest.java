package io.millrace.enrichment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service: a plan on the bus makes a query run, and its status is on the bus. */
@Timeout(120)
class EnrichmentApplicationTest {

  private static final RowType ROW = RowType.of(Field.required("id", DataType.INT));

  @Test
  void followsThePlansOnTheBusAndReports() throws Exception {
    try (Flow flow = new Flow(TestKafka.shared())) {
      flow.stream("a", 1, ROW).stream("b", 1, ROW)
          .query("b", "a", "b", List.of(), "SELECT id FROM a WHERE id > 1");
      flow.write("a", "id", List.of(new Object[] {1}, new Object[] {2}, new Object[] {3}));
      Map<String, Object> properties =
          Map.of(
              "millrace.kafka",
              TestKafka.shared().bootstrapServers(),
              "millrace.redis",
              TestRedis.shared().url(),
              "millrace.jwks-uri",
              "http://127.0.0.1:1/jwks",
              "millrace.ports.enrichment",
              0);
      try (var context = EnrichmentApplication.start(properties)) {
        send(flow.plan(DesiredState.RUNNING));
        Flow.await(() -> statusOf(flow, ComponentState.RUNNING));
        Flow.await(() -> flow.read("b").size() == 2);
        send(flow.plan(DesiredState.STOPPED));
        Flow.await(() -> statusOf(flow, ComponentState.STOPPED));
        assertThat(context.isActive()).isTrue();
      }
    }
  }

  private static boolean statusOf(Flow flow, ComponentState state) {
    return flow.records(Topics.STATUS).stream()
        .filter(r ->
            r.value() != null && new String(r.key(), UTF_8).startsWith(flow.application + "/b/"))
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
