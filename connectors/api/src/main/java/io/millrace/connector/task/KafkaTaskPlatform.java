package io.millrace.connector.task;

import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.event.SchemaStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** The platform on its Kafka cluster. */
public final class KafkaTaskPlatform implements TaskPlatform {

  private final Map<String, Object> clientConfig;
  private final KafkaSchemaStore schemas;
  private final KafkaDeadLetterOutput deadLetters;

  /**
   * @param clientConfig how Kafka clients connect here
   */
  public KafkaTaskPlatform(Map<String, Object> clientConfig) {
    this.clientConfig = clientConfig;
    this.schemas = new KafkaSchemaStore(clientConfig);
    this.deadLetters = new KafkaDeadLetterOutput(clientConfig);
  }

  @Override
  public SchemaStore schemas() {
    return schemas;
  }

  @Override
  public DeadLetterOutput deadLetters() {
    return deadLetters;
  }

  @Override
  public ReplayInput replays(String application) {
    return new KafkaReplayInput(clientConfig, application);
  }

  @Override
  public String topicId(String topic) {
    try (Admin admin = Admin.create(clientConfig)) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(60, TimeUnit.SECONDS)
          .get(topic)
          .topicId()
          .toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the id of " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "could not ask for the id of topic %s: %s".formatted(topic, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    schemas.close();
    deadLetters.close();
  }
}
