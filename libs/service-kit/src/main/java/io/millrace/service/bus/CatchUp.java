package io.millrace.service.bus;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Tells a {@link CompactedTopic} when its end is reached. Counting offsets in the listener alone
 * would not do: compaction can leave a topic whose last offset no record has, or no record at all.
 * So the consumer's position is compared, on the consumer's own thread, when it finds nothing more
 * to read.
 */
final class CatchUp implements ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> {

  private static final long IDLE_MILLIS = 100;

  private final ObjectProvider<CompactedTopic> topics;

  CatchUp(ObjectProvider<CompactedTopic> topics) {
    this.topics = topics;
  }

  @Override
  public void configure(
      AbstractMessageListenerContainer<?, ?> container, String destination, String group) {
    List<CompactedTopic> readers =
        topics.stream().filter(topic -> topic.topic().equals(destination)).toList();
    if (readers.isEmpty()) {
      return;
    }
    container.getContainerProperties().setIdleEventInterval(IDLE_MILLIS);
    container.getContainerProperties().setPollTimeout(IDLE_MILLIS);
    ApplicationEventPublisher others = container.getApplicationEventPublisher();
    container.setApplicationEventPublisher(event -> {
      if (event instanceof ListenerContainerIdleEvent idle) {
        onIdle(idle, readers);
      } else if (others != null) {
        others.publishEvent(event);
      }
    });
  }

  private static void onIdle(ListenerContainerIdleEvent idle, List<CompactedTopic> readers) {
    if (readers.stream().allMatch(CompactedTopic::isCaughtUp)) {
      return;
    }
    Collection<TopicPartition> partitions = idle.getTopicPartitions();
    if (partitions == null || partitions.isEmpty()) {
      return;
    }
    Consumer<?, ?> consumer = idle.getConsumer();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    boolean atEnd =
        ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
    if (atEnd) {
      readers.forEach(CompactedTopic::caughtUp);
    }
  }
}
