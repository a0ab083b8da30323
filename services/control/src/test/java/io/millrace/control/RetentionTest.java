package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.testing.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Events are kept for a while after they arrived, whatever time they say. */
class RetentionTest {

  private final Control control = Control.shared();

  @Test
  void retentionCountsFromWhenEventsArrived() throws Exception {
    deploy("brief", "1 second");
    deploy("lasting", "1 day");
    for (String time : new String[] {"1986-04-26T00:00:00Z", "2024-02-29T12:00:00Z"}) {
      write("brief", Instant.parse(time));
      write("lasting", Instant.parse(time));
    }
    write("lasting", Instant.parse("2199-12-31T00:00:00Z"));

    await().atMost(Duration.ofMinutes(1)).until(() -> offset("brief", OffsetSpec.earliest()) == 2);

    write("brief", Instant.parse("2024-02-29T12:00:00Z"));
    assertThat(offset("brief", OffsetSpec.latest())).isEqualTo(3);
    await().atMost(Duration.ofMinutes(1)).until(() -> offset("brief", OffsetSpec.earliest()) == 3);
    assertThat(offset("lasting", OffsetSpec.earliest())).isZero();
    assertThat(offset("lasting", OffsetSpec.latest())).isEqualTo(3);
  }

  private void deploy(String name, String retention) {
    String script =
        """
        CREATE APPLICATION %s;
        CREATE SOURCE numbers (id INT, name STRING) WITH (connector = 'numbers', rate = 10);
        CREATE STREAM kept WITH (retention = '%s') AS SELECT id FROM numbers;
        """
            .formatted(name, retention);
    assertThat(control.post("/api/v1/applications", Map.of("script", script)).status())
        .isEqualTo(201);
    control.post("/api/v1/applications/default." + name + "/deploy", null);
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> offset(name, OffsetSpec.latest()) == 0);
  }

  private static TopicPartition partition(String application) {
    return new TopicPartition("default." + application + ".kept", 0);
  }

  private static void write(String application, Instant time) throws Exception {
    TopicPartition to = partition(application);
    try (KafkaProducer<String, byte[]> producer = FakeConnectors.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  to.topic(), to.partition(), time.toEpochMilli(), null, new byte[] {1}))
          .get();
    }
  }

  private static long offset(String application, OffsetSpec which) throws Exception {
    try (Admin admin = Admin.create(Map.copyOf(TestKafka.shared().clientConfig()))) {
      TopicPartition partition = partition(application);
      return admin.listOffsets(Map.of(partition, which)).partitionResult(partition).get().offset();
    }
  }
}
