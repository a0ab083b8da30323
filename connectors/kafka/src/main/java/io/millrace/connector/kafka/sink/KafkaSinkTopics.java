package io.millrace.connector.kafka.sink;

import io.millrace.connector.ConnectorException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics that a sink needs in the target cluster. */
final class KafkaSinkTopics {

  private static final long TIMEOUT_SECONDS = 15;

  private KafkaSinkTopics() {}

  /**
   * Makes the target topic, where that is wanted, and the topic of positions.
   *
   * @param partitions of a target topic that is made
   * @throws ConnectorException if a topic is missing and is not to be made, or cannot be
   */
  static void ensure(KafkaSinkConfig config, int partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (Admin admin = Admin.create(config.client())) {
      Set<String> names = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (!names.contains(KafkaSinkOffsets.TOPIC)) {
        create(
            admin,
            new NewTopic(KafkaSinkOffsets.TOPIC, Optional.of(1), Optional.empty())
                .configs(
                    Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(8 << 20),
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        "0.1")));
      }
      if (!names.contains(config.topic())) {
        if (!config.createTopic()) {
          throw new ConnectorException(
              "NO_TOPIC",
              "there is no topic %s, and create_topic is false".formatted(config.topic()));
        }
        Optional<Short> replicas =
            config.replicationFactor() < 0
                ? Optional.empty()
                : Optional.of(config.replicationFactor());
        create(admin, new NewTopic(config.topic(), Optional.of(partitions), replicas));
      }
    }
  }

  private static void create(Admin admin, NewTopic topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      admin.createTopics(Set.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
