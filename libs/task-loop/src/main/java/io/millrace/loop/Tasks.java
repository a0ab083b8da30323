package io.millrace.loop;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tasks of one session: which there are, their processors, and what of a poll is whose. */
final class Tasks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

  private final LoopConfig config;
  private final TaskProcessorFactory factory;
  private final IntPredicate atEnd;
  private final String replays;
  private final Map<String, LoopInput> inputs = new LinkedHashMap<>();
  private final Map<Integer, TaskProcessor> processors = new TreeMap<>();
  private final Set<Integer> assigned = new TreeSet<>();

  Tasks(LoopConfig config, TaskProcessorFactory factory, IntPredicate atEnd) {
    this.config = config;
    this.factory = factory;
    this.atEnd = atEnd;
    this.replays = Topics.replays(config.application());
    config.inputs().forEach(input -> inputs.put(input.topic(), input));
  }

  /** Everything that is read: the inputs, and the dead letters that are to be processed again. */
  List<String> topics() {
    List<String> topics = new ArrayList<>(inputs.keySet());
    topics.add(replays);
    return topics;
  }

  boolean isInput(String topic) {
    return inputs.containsKey(topic);
  }

  /** The tasks that are here now. */
  Set<Integer> assigned() {
    return assigned;
  }

  /** Takes over an assignment: processors of tasks that stay are kept. */
  void assign(Set<Integer> tasks, Collection<TopicPartition> partitions) {
    assigned.clear();
    partitions.stream()
        .filter(p -> isInput(p.topic()))
        .map(TopicPartition::partition)
        .forEach(assigned::add);
    for (int task : List.copyOf(processors.keySet())) {
      if (!tasks.contains(task)) {
        forget(task);
      }
    }
  }

  TaskProcessor processor(int task) {
    return processors.computeIfAbsent(task, t -> factory.create(new Context(t, atEnd)));
  }

  /** Closes a processor whose state may be ahead of what is committed. */
  void forget(int task) {
    TaskProcessor processor = processors.remove(task);
    if (processor != null) {
      close(processor);
    }
  }

  /** What a poll brought, by task, then by input in the order of the loop's inputs. */
  Map<Integer, List<InputBatch>> split(ConsumerRecords<byte[], byte[]> records) {
    Map<Integer, List<InputBatch>> byTask = new TreeMap<>();
    for (LoopInput input : inputs.values()) {
      for (TopicPartition partition : records.partitions()) {
        if (partition.topic().equals(input.topic())) {
          byTask
              .computeIfAbsent(partition.partition(), t -> new ArrayList<>())
              .add(InputBatch.of(input, records.records(partition)));
        }
      }
    }
    for (ConsumerRecord<byte[], byte[]> carrier : records.records(replays)) {
      replay(carrier, byTask);
    }
    return byTask;
  }

  @Override
  public void close() {
    processors.values().forEach(Tasks::close);
    processors.clear();
  }

  private void replay(
      ConsumerRecord<byte[], byte[]> carrier, Map<Integer, List<InputBatch>> byTask) {
    DeadLetter letter;
    try {
      letter = InputBatch.letter(carrier);
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: {}, and is passed over", config.component(), e.getMessage());
      return;
    }
    LoopInput input = letter.getStream() == null ? null : inputs.get(letter.getStream());
    if (!config.component().equals(letter.getComponent()) || input == null) {
      return;
    }
    int task = taskOf(letter, carrier);
    byTask.computeIfAbsent(task, t -> new ArrayList<>()).add(InputBatch.replayed(input, carrier));
  }

  /** That of its partition if it is here, for the state of its key is there. */
  private int taskOf(DeadLetter letter, ConsumerRecord<byte[], byte[]> carrier) {
    if (letter.getPartition() != null && assigned.contains(letter.getPartition())) {
      return letter.getPartition();
    }
    return assigned.contains(carrier.partition()) || assigned.isEmpty()
        ? carrier.partition()
        : assigned.iterator().next();
  }

  private record Context(int task, IntPredicate end) implements TaskContext {
    @Override
    public boolean atEnd() {
      return end.test(task);
    }
  }

  private static void close(TaskProcessor processor) {
    try {
      processor.close();
    } catch (RuntimeException e) {
      LOG.warn("a task's processor did not close", e);
    }
  }
}
