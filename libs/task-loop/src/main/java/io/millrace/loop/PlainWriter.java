package io.millrace.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Outputs first, then offsets: after a crash in between, events are processed again. */
final class PlainWriter implements BatchWriter {

  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, OffsetAndMetadata> written = new HashMap<>();

  PlainWriter(Map<String, Object> config) {
    this.producer = new KafkaProducer<>(config);
  }

  @Override
  public void write(PendingBatch batch) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (ProducerRecord<byte[], byte[]> record : batch.outputs()) {
      producer.send(
          record,
          (metadata, error) -> {
            if (error != null) {
              failure.compareAndSet(null, error);
            }
          });
    }
    producer.flush();
    if (failure.get() != null) {
      throw new KafkaException(failure.get().getMessage(), failure.get());
    }
    synchronized (written) {
      written.putAll(batch.offsets());
    }
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> offsetsToCommit() {
    synchronized (written) {
      Map<TopicPartition, OffsetAndMetadata> taken = Map.copyOf(written);
      written.clear();
      return taken;
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
