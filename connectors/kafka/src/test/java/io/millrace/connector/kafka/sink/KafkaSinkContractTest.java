package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.contract.SinkContract;
import io.millrace.connector.contract.SinkHarness;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSinkContractTest extends SinkContract {

  private final TestKafka kafka = TestKafka.shared();
  private final String topic = "out-" + UUID.randomUUID();

  /** Every test delivers a topic of its own, though the name is the same. */
  @BeforeEach
  void newTopic() {
    platform.recreate(stream.getTopic());
  }

  @Override
  protected ConnectorProvider provider() {
    return new KafkaSinkProvider();
  }

  @Override
  protected SinkTask newTask(TaskPlatform.Factory factory) {
    return new KafkaSinkTask(factory);
  }

  @Override
  protected Map<String, String> options() {
    return new HashMap<>(
        Map.of("bootstrap_servers", kafka.bootstrapServers(), "topic", topic, "partitions", "3"));
  }

  @Override
  protected Map<String, String> unreachableOptions() {
    return Map.of(
        "bootstrap_servers",
        "127.0.0.1:1",
        "topic",
        topic,
        "client.default.api.timeout.ms",
        "200",
        "client.request.timeout.ms",
        "100");
  }

  @Override
  protected List<Long> delivered() {
    return Records.committed(kafka, topic).stream()
        .map(r -> new String(r.value(), StandardCharsets.UTF_8))
        .map(json -> Long.valueOf(json.replaceFirst("^\\{\"id\":(\\d+),.*$", "$1")))
        .toList();
  }

  @Test
  void writesJsonKeyedByTheStreamsPartitionColumns() {
    SinkHarness harness = harness(options());
    produce(harness, 1, 3);
    harness.start(1).drain();
    List<ConsumerRecord<byte[], byte[]>> records = Records.committed(kafka, topic);
    assertThat(records)
        .extracting(r -> new String(r.value(), StandardCharsets.UTF_8))
        .contains(
            "{\"id\":1,\"name\":\"näme, \\\"1\\\"\\n;\",\"amount\":0.01,"
                + "\"at\":\"2023-11-14T22:13:20.000001Z\"}",
            "{\"id\":0,\"name\":null,\"amount\":null,\"at\":\"2023-11-14T22:13:20Z\"}");
    assertThat(records)
        .extracting(r -> new String(r.key(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("0", "1", "2");
    assertThat(records).extracting(ConsumerRecord::timestamp).containsOnly(1_700_000_000_000L);
  }

  @Test
  void writesCsvAndNumbersAsAsked() {
    Map<String, String> csv = options();
    csv.putAll(Map.of("format", "csv", "delimiter", ";", "key", "id,name"));
    SinkHarness harness = harness(csv);
    produce(harness, 1, 2);
    harness.start(1).drain();
    List<ConsumerRecord<byte[], byte[]>> records = Records.committed(kafka, topic);
    assertThat(records)
        .extracting(r -> new String(r.value(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder(
            "0;;;2023-11-14T22:13:20Z",
            "1;\"näme, \"\"1\"\"\n;\";0.01;2023-11-14T22:13:20.000001Z");
    assertThat(records)
        .extracting(r -> new String(r.key(), StandardCharsets.UTF_8))
        .contains("{\"id\":0,\"name\":null}");
  }

  @Test
  void aRecordThatIsTooLargeGoesToTheDeadLetters() {
    Map<String, String> small = options();
    small.put("client.max.request.size", "1500");
    small.put("compression", "none");
    // the good ones before it are still in the producer when it is refused, and end with its error
    small.put("client.linger.ms", "200");
    small.put("client.interceptor.classes", AwaitTheOthersEnd.class.getName());
    SinkHarness harness = harness(small);
    produce(harness, 1, 10);
    byte[] large =
        EventEncoder.announced(AvroTypes.parse(stream.getRowSchema()), schemas())
            .encode(new Object[] {99L, "x".repeat(2000), null, null});
    long offset = harness.send(stream.getTopic(), 0, null, large, 0);
    produce(harness, 1, 10);
    harness.start(1).drain();
    assertDelivered();
    assertThat(letters())
        .singleElement()
        .satisfies(l -> {
          assertThat(l.getCode()).isEqualTo("REJECTED_BY_TARGET");
          assertThat(l.getOffset()).isEqualTo(offset);
        });
  }

  @Test
  void anEventWhoseTimeTheClusterRefusesIsDeliveredWithTheTimeOfWriting() {
    SinkHarness harness = harness(options());
    produce(harness, 1, 10);
    long ahead = Instant.parse("2199-12-31T00:00:00Z").toEpochMilli();
    byte[] future =
        EventEncoder.announced(AvroTypes.parse(stream.getRowSchema()), schemas())
            .encode(new Object[] {99L, "ahead", null, null});
    harness.send(stream.getTopic(), 0, null, future, ahead);
    harness.start(1).drain();
    assertThat(delivered()).hasSize(11).contains(99L);
    assertThat(letters()).isEmpty();
    assertThat(Records.committed(kafka, topic))
        .extracting(ConsumerRecord::timestamp)
        .filteredOn(time -> time != 1_700_000_000_000L)
        .singleElement()
        .satisfies(time -> assertThat(time).isLessThan(ahead));
  }

  /**
   * Holds the record after a refused one back until others have ended with its error. All clients
   * of the sink get it, its consumer too.
   */
  public static final class AwaitTheOthersEnd
      implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {

    private final CountDownLatch errors = new CountDownLatch(2);

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      if (errors.getCount() == 1) {
        try {
          errors.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
      if (exception != null) {
        errors.countDown();
      }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }
}
