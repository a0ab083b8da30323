package io.millrace.service.bus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * Reads a compacted topic in every instance, from its beginning. Declare a bean of a subclass; its
 * name is the function's, to be bound by {@code spring.cloud.stream.bindings.<name>-in-0} to {@link
 * #topic()}. Called on one thread, that of the topic's consumer.
 */
public abstract class CompactedTopic implements java.util.function.Consumer<Message<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);

  private final String topic;
  private volatile boolean caughtUp;
  private long end = -1;

  protected CompactedTopic(String topic) {
    this.topic = topic;
  }

  public final String topic() {
    return topic;
  }

  /** Whether everything that was on the topic when reading began has been read. */
  public final boolean isCaughtUp() {
    return caughtUp;
  }

  @Override
  public final void accept(Message<?> message) {
    take(message);
    if (!caughtUp && isAtEnd(message)) {
      caughtUp();
    }
  }

  private void take(Message<?> message) {
    Object key = message.getHeaders().get(KafkaHeaders.RECEIVED_KEY);
    if (!(key instanceof byte[] bytes)) {
      LOG.warn("a record of {} without a key is left out", topic);
      return;
    }
    String name = new String(bytes, StandardCharsets.UTF_8);
    try {
      onRecord(name, message.getPayload() instanceof byte[] value ? value : null);
    } catch (Exception e) {
      // One record that cannot be read must not keep the others from being read.
      LOG.error("the record {} of {} cannot be used and is left out", name, topic, e);
    }
  }

  /** On a topic that is written all the time there is never a pause in which to find the end. */
  private boolean isAtEnd(Message<?> message) {
    MessageHeaders headers = message.getHeaders();
    if (!(headers.get(KafkaHeaders.CONSUMER) instanceof Consumer<?, ?> consumer)
        || !(headers.get(KafkaHeaders.OFFSET) instanceof Long offset)) {
      return false;
    }
    if (end < 0) {
      TopicPartition partition = new TopicPartition(topic, 0);
      end = consumer.endOffsets(List.of(partition)).get(partition);
    }
    return offset + 1 >= end;
  }

  final void caughtUp() {
    if (!caughtUp) {
      caughtUp = true;
      onCaughtUp();
    }
  }

  /**
   * Takes one record.
   *
   * @param value null for a tombstone
   */
  protected abstract void onRecord(String key, byte[] value) throws Exception;

  /** Everything that was on the topic when reading began has been read. Called once. */
  protected void onCaughtUp() {}
}
