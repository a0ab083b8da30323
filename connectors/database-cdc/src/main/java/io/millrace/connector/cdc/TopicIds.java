package io.millrace.connector.cdc;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.connect.errors.ConnectException;

/** Asks the broker for the identities of topics, which a topic of the same name never shares. */
final class TopicIds {

  private TopicIds() {}

  /** By topic; without those that do not exist. */
  static Map<String, String> of(Collection<String> topics, Map<String, Object> kafka) {
    try (Admin admin = Admin.create(kafka)) {
      Map<String, String> ids = new HashMap<>();
      Map<String, KafkaFuture<TopicDescription>> described =
          admin.describeTopics(topics).topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> entry : described.entrySet()) {
        try {
          ids.put(entry.getKey(), entry.getValue().get(60, TimeUnit.SECONDS).topicId().toString());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw new ConnectException("could not describe the topic " + entry.getKey(), e);
          }
        }
      }
      return ids;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (TimeoutException e) {
      throw new ConnectException("the broker did not describe the topics within 60 s", e);
    }
  }
}
