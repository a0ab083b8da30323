package io.millrace.loop;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Makes a batch visible, and durable with its offsets. */
interface BatchWriter extends AutoCloseable {

  /**
   * Writes a batch. When it throws, the batch was either committed or not, and the writer cannot be
   * used any more: whoever opens the next one learns from the committed offsets which it was.
   */
  void write(PendingBatch batch);

  /**
   * Offsets that the consumer has to commit itself, because the writer did not do it together with
   * the outputs; each is returned once. May be called by another thread than {@link #write}.
   */
  Map<TopicPartition, OffsetAndMetadata> offsetsToCommit();

  /** Lets go of the connection at once, unfinished business included. */
  @Override
  void close();

  /** Opens the writer that a configuration asks for. */
  static BatchWriter open(LoopConfig config) {
    return config.delivery() == LoopConfig.Delivery.EXACTLY_ONCE
        ? new TransactionWriter(Clients.producer(config))
        : new PlainWriter(Clients.producer(config));
  }
}
