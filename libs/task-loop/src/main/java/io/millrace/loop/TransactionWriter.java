package io.millrace.loop;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Outputs and offsets in one transaction. A member that lost its tasks unknowingly is fenced by the
 * group metadata that goes with the offsets (KIP-447); a predecessor of the same instance by the
 * transactional id.
 */
final class TransactionWriter implements BatchWriter {

  private final KafkaProducer<byte[], byte[]> producer;

  TransactionWriter(Map<String, Object> config) {
    producer = new KafkaProducer<>(config);
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  @Override
  public void write(PendingBatch batch) {
    producer.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : batch.outputs()) {
      producer.send(record);
    }
    if (!batch.offsets().isEmpty()) {
      producer.sendOffsetsToTransaction(batch.offsets(), batch.group());
    }
    producer.commitTransaction();
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> offsetsToCommit() {
    return Map.of();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
