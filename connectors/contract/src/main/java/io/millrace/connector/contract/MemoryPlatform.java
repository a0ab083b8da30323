package io.millrace.connector.contract;

import io.millrace.connector.task.DeadLetterOutput;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.event.MemorySchemaStore;
import io.millrace.schemas.event.SchemaStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A platform in memory, shared by all tasks of a test; survives their crashes as Kafka would. */
public final class MemoryPlatform implements TaskPlatform, TaskPlatform.Factory {

  private final MemorySchemaStore schemas = new MemorySchemaStore();
  private final Map<String, DeadLetter> letters = new ConcurrentHashMap<>();
  private final Map<String, String> topicIds = new ConcurrentHashMap<>();

  @Override
  public TaskPlatform open(Map<String, Object> kafkaClient) {
    return this;
  }

  @Override
  public SchemaStore schemas() {
    return schemas;
  }

  @Override
  public DeadLetterOutput deadLetters() {
    return new DeadLetterOutput() {
      @Override
      public void write(DeadLetter letter) {
        letters.put(letter.getId(), letter);
      }

      @Override
      public void flush() {
        // nothing waits
      }

      @Override
      public void close() {
        // outlives the tasks
      }
    };
  }

  @Override
  public String topicId(String topic) {
    return topicIds.computeIfAbsent(topic, name -> name + "-first");
  }

  /** As if the topic had been deleted and made again. */
  public void recreate(String topic) {
    topicIds.put(topic, topic + "-" + System.nanoTime());
  }

  /** What sinks have written, one a letter's id. */
  public List<DeadLetter> letters() {
    return List.copyOf(letters.values());
  }

  @Override
  public void close() {
    // outlives the tasks
  }
}
