package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The part of the control service, for tests of those that follow it. */
public final class TestControl {

  private final TestKafka kafka;

  public TestControl(TestKafka kafka) {
    this.kafka = kafka;
  }

  /** Hands a plan to the services. */
  public void publish(Plan plan) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.<String, Object>copyOf(kafka.clientConfig()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ByteBuffer buffer = plan.toByteBuffer();
      byte[] value = new byte[buffer.remaining()];
      buffer.get(value);
      producer.send(
          new ProducerRecord<>(Topics.PLANS, plan.getApplication().getBytes(UTF_8), value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a component has reported last; null while it has reported nothing. */
  public ComponentState state(String application, String component) {
    String key = application + "/" + component + "/";
    ComponentState last = null;
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topics.STATUS)) {
      if (record.value() != null && new String(record.key(), UTF_8).startsWith(key)) {
        last = read(record.value()).getState();
      }
    }
    return last;
  }

  private static ComponentStatus read(byte[] value) {
    try {
      return ComponentStatus.fromByteBuffer(ByteBuffer.wrap(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
