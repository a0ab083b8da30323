package io.millrace.connector.contract;

import io.millrace.connector.task.DeadLetterOutput;
import io.millrace.connector.task.ReplayInput;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.event.MemorySchemaStore;
import io.millrace.schemas.event.SchemaStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntToLongFunction;

/** A platform in memory, shared by all tasks of a test; survives their crashes as Kafka would. */
public final class MemoryPlatform implements TaskPlatform, TaskPlatform.Factory {

  private final MemorySchemaStore schemas = new MemorySchemaStore();
  private final Map<String, DeadLetter> letters = new ConcurrentHashMap<>();
  private final List<DeadLetter> replays = new CopyOnWriteArrayList<>();
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
  public ReplayInput replays(String application) {
    return new ReplayInput() {
      private long next = -1;

      @Override
      public List<Replay> poll(IntToLongFunction positions) {
        if (next < 0) {
          next = positions.applyAsLong(0);
        }
        List<Replay> found = new ArrayList<>();
        for (; next < replays.size(); next++) {
          found.add(new Replay(0, next, replays.get((int) next)));
        }
        return found;
      }

      @Override
      public void close() {
        // the letters stay
      }
    };
  }

  /** Puts a letter where it is processed again. */
  public void replay(DeadLetter letter) {
    replays.add(letter);
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
