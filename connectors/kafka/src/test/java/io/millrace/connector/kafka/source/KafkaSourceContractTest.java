package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.contract.SourceContract;
import io.millrace.connector.contract.SourceHarness;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSourceContractTest extends SourceContract {

  private static final RowType COLUMNS =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.nullable("name", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)),
          Field.nullable("at", DataType.TIMESTAMP));

  private final TestKafka kafka = TestKafka.shared();
  private final String topic = "in-" + UUID.randomUUID();
  private long nextId;

  @BeforeEach
  void createTopic() {
    kafka.createTopic(topic, 7);
  }

  @Override
  protected ConnectorProvider provider() {
    return new KafkaSourceProvider();
  }

  @Override
  protected SourceTask newTask(TaskPlatform.Factory factory) {
    return new KafkaSourceTask(factory);
  }

  @Override
  protected RowType columns() {
    return COLUMNS;
  }

  @Override
  protected Map<String, String> options() {
    return new HashMap<>(Map.of("bootstrap_servers", kafka.bootstrapServers(), "topic", topic));
  }

  @Override
  protected Map<String, String> unreachableOptions() {
    return Map.of(
        "bootstrap_servers", "127.0.0.1:1", "topic", topic, "client.request.timeout.ms", "200");
  }

  @Override
  protected List<Object> produce(int splits, int events) {
    List<Object> ids = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      long id = nextId++;
      ids.add(id);
      values.add(
          "{\"id\": %d, \"name\": \"näme\", \"price\": 1.50, \"other\": [1, {}]}".formatted(id));
    }
    send(splits, values);
    return ids;
  }

  @Override
  protected boolean producePoison() {
    send(1, List.of("{\"id\": \"no number\"}"));
    return true;
  }

  private void send(int partitions, List<String> values) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < values.size(); i++) {
        producer.send(
            new ProducerRecord<>(
                topic,
                i % partitions,
                1_700_000_000_000L,
                "k".getBytes(StandardCharsets.UTF_8),
                values.get(i).getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  @Test
  void readsTypedColumnsWithTheRecordsTime() {
    send(
        1,
        List.of("{\"id\":1,\"name\":null,\"price\":12.5,\"at\":\"2026-01-31T12:00:00.000001Z\"}"));
    SourceHarness harness = harness().start(1);
    harness.runUntil("the event", () -> !harness.committed(topic()).isEmpty());
    assertThat(rows(harness).getFirst())
        .containsExactly(1L, null, new BigDecimal("12.50"), 1_769_860_800_000_001L);
    assertThat(harness.committed(topic()).getFirst().timestamp()).isEqualTo(1_700_000_000_000L);
  }

  @Test
  void readsCsv() {
    send(1, List.of("7,\"a, \"\"b\"\"\",,2026-01-31 12:00:00\n", "8,,1.00,"));
    Map<String, String> options = options();
    options.put("format", "csv");
    SourceHarness harness = harness(options).start(1);
    harness.runUntil("the events", () -> harness.committed(topic()).size() == 2);
    assertThat(rows(harness))
        .anySatisfy(
            r -> assertThat(r).containsExactly(7L, "a, \"b\"", null, 1_769_860_800_000_000L))
        .anySatisfy(r -> assertThat(r).containsExactly(8L, null, new BigDecimal("1.00"), null));
  }

  @Test
  void startsAtTheEndWhenAsked() {
    produce(3, 30);
    Map<String, String> options = options();
    options.put("start", "latest");
    SourceHarness harness = harness(options).start(2);
    harness.poll();
    harness.commit();
    List<Object> later = produce(3, 10);
    harness.runUntil("the later events", () -> rows(harness).size() >= 10);
    assertThat(rows(harness).stream().map(r -> r[0]).toList())
        .containsExactlyInAnyOrderElementsOf(later);
  }
}
