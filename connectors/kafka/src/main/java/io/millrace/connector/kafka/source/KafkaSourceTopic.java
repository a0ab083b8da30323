package io.millrace.connector.kafka.source;

import io.millrace.connector.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic that is read. */
record KafkaSourceTopic(String id, int partitions) {

  private static final long TIMEOUT_SECONDS = 20;

  /**
   * Asks the cluster for the topic.
   *
   * @throws ConnectorException if it is not there or the cluster does not say; the message says why
   */
  static KafkaSourceTopic find(Map<String, Object> client, String topic) {
    try (Admin admin = Admin.create(client)) {
      TopicDescription description =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .get(topic);
      return new KafkaSourceTopic(
          description.topicId().toString(), description.partitions().size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException("INTERRUPTED", "interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new ConnectorException(
            "NO_TOPIC", "there is no topic %s; create it or correct its name".formatted(topic), e);
      }
      throw unreachable(topic, e.getCause());
    } catch (TimeoutException | RuntimeException e) {
      throw unreachable(topic, e);
    }
  }

  private static ConnectorException unreachable(String topic, Throwable cause) {
    return new ConnectorException(
        "NOT_REACHABLE",
        "the cluster of topic %s does not answer: %s; correct bootstrap_servers, and see that the brokers run"
            .formatted(topic, cause.getMessage()),
        cause);
  }
}
