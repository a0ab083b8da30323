package io.millrace.connector.task;

import io.millrace.schemas.event.SchemaStore;
import java.util.Map;

/** What a task takes from the platform while it runs; closed with the task. */
public interface TaskPlatform extends AutoCloseable {

  /** The schemas of events. */
  SchemaStore schemas();

  /** Where a sink puts what its target refuses. */
  DeadLetterOutput deadLetters();

  /** What an application's dead letters are put on to be processed again. */
  ReplayInput replays(String application);

  /**
   * What tells a topic from another of the same name that was there before it: its topic id.
   *
   * @throws IllegalStateException if the cluster cannot be asked
   */
  String topicId(String topic);

  @Override
  void close();

  /** How a task gets its platform: from Kafka in a worker, from memory in a test. */
  @FunctionalInterface
  interface Factory {
    TaskPlatform open(Map<String, Object> kafkaClient);
  }
}
