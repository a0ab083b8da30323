package io.millrace.connector.kafka.sink;

import io.millrace.testing.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads topics whole. */
final class Records {

  private Records() {}

  /** Every committed record of a topic; none if there is no such topic. */
  static List<ConsumerRecord<byte[], byte[]>> committed(TestKafka kafka, String topic) {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka.clientConfig()))) {
      return admin.listTopics().names().get().contains(topic) ? kafka.records(topic) : List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics cannot be listed", e);
    }
  }
}
