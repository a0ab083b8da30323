package io.millrace.service.bus;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/**
 * Reads a compacted topic in every instance, from its beginning. Declare a bean of a subclass; its
 * name is the function's, to be bound by {@code spring.cloud.stream.bindings.<name>-in-0} to {@link
 * #topic()}. Called on one thread, that of the topic's consumer.
 */
public abstract class CompactedTopic implements Consumer<Message<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);

  private final String topic;
  private volatile boolean caughtUp;

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
