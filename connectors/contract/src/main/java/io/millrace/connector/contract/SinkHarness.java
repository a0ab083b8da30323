package io.millrace.connector.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Runs a sink connector and its tasks as a Kafka Connect worker does: partitions are assigned,
 * batches delivered from the consumer's position, offsets committed after preCommit, and after a
 * crash or a rebalance everything after the last committed offset comes again, unless the task
 * rewinds to where it knows better. Not thread-safe: one test drives it.
 */
public final class SinkHarness implements AutoCloseable {

  private final Supplier<SinkConnector> connectors;
  private final Supplier<SinkTask> taskMaker;
  private final Map<String, String> config;
  private final Random random;
  private final Map<TopicPartition, TreeMap<Long, SinkRecord>> log = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Member> zombies = new ArrayList<>();
  private int batch = 50;

  /** One task with its consumer. */
  private static final class Member {
    final SinkTask task;
    final MemorySinkContext context;
    final Map<TopicPartition, Long> positions = new HashMap<>();
    List<SinkRecord> redelivery;

    Member(SinkTask task, MemorySinkContext context) {
      this.task = task;
      this.context = context;
    }
  }

  public SinkHarness(
      Supplier<SinkConnector> connectors,
      Supplier<SinkTask> taskMaker,
      Map<String, String> config,
      long seed) {
    this.connectors = connectors;
    this.taskMaker = taskMaker;
    this.config = config;
    this.random = new Random(seed);
  }

  /** The most records in a batch; 50 by default. */
  public void batch(int records) {
    batch = records;
  }

  /**
   * Appends a record to a partition. Offsets have gaps now and then, as behind transaction markers.
   *
   * @return its offset
   */
  public long send(String topic, int partition, byte[] key, byte[] value, long timestamp) {
    TopicPartition at = new TopicPartition(topic, partition);
    long offset = ends.getOrDefault(at, 0L) + (random.nextInt(20) == 0 ? 1 : 0);
    ends.put(at, offset + 1);
    log.computeIfAbsent(at, p -> new TreeMap<>())
        .put(
            offset,
            new SinkRecord(
                topic,
                partition,
                Schema.OPTIONAL_BYTES_SCHEMA,
                key,
                Schema.OPTIONAL_BYTES_SCHEMA,
                value,
                offset,
                timestamp,
                TimestampType.CREATE_TIME));
    return offset;
  }

  /** Deletes the topic and makes it again, empty, its committed offsets gone. */
  public void recreate(String topic) {
    log.keySet().removeIf(p -> p.topic().equals(topic));
    ends.keySet().removeIf(p -> p.topic().equals(topic));
    committed.keySet().removeIf(p -> p.topic().equals(topic));
  }

  /** Starts so many tasks and spreads the partitions over them. */
  public SinkHarness start(int tasks) {
    SinkConnector connector = connectors.get();
    connector.initialize(new MemorySinkConnectorContext());
    connector.start(config);
    List<Map<String, String>> configs = connector.taskConfigs(tasks);
    for (Map<String, String> taskConfig : configs) {
      MemorySinkContext context = new MemorySinkContext(taskConfig);
      SinkTask task = taskMaker.get();
      task.initialize(context);
      task.start(taskConfig);
      members.add(new Member(task, context));
    }
    connector.stop();
    int next = 0;
    List<List<TopicPartition>> shares = new ArrayList<>();
    members.forEach(m -> shares.add(new ArrayList<>()));
    for (TopicPartition partition : sorted(log.keySet())) {
      shares.get(next++ % shares.size()).add(partition);
    }
    for (int i = 0; i < shares.size(); i++) {
      assign(members.get(i), shares.get(i));
    }
    return this;
  }

  private static List<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    return partitions.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  private void assign(Member member, Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      member.positions.put(partition, committed.getOrDefault(partition, 0L));
    }
    member.context.assignment(partitions);
    member.task.open(partitions);
  }

  /**
   * Delivers one batch of random size to every task. A RetriableException brings the same batch
   * again with the next step; anything else comes out.
   *
   * @return how many records were delivered
   */
  public int step() {
    int count = 0;
    for (Member member : members) {
      count += step(member);
    }
    return count;
  }

  private int step(Member member) {
    member
        .context
        .takeOffsets()
        .forEach((partition, offset) -> {
          member.positions.replace(partition, offset);
          if (member.redelivery != null) {
            member.redelivery.removeIf(r -> partitionOf(r).equals(partition));
          }
        });
    List<SinkRecord> records = member.redelivery == null ? fetch(member) : member.redelivery;
    member.redelivery = null;
    try {
      member.task.put(records);
      return records.size();
    } catch (RetriableException e) {
      member.redelivery = new ArrayList<>(records);
      return 0;
    }
  }

  private List<SinkRecord> fetch(Member member) {
    List<SinkRecord> records = new ArrayList<>();
    for (TopicPartition partition : sorted(member.positions.keySet())) {
      if (member.context.paused().contains(partition)) {
        continue;
      }
      int most = random.nextInt(batch + 1);
      for (SinkRecord record :
          log.getOrDefault(partition, new TreeMap<>())
              .tailMap(member.positions.get(partition))
              .values()) {
        if (most-- <= 0) {
          break;
        }
        records.add(record);
        member.positions.put(partition, record.kafkaOffset() + 1);
      }
    }
    return records;
  }

  private static TopicPartition partitionOf(SinkRecord record) {
    return new TopicPartition(record.topic(), record.kafkaPartition());
  }

  /** Asks every task what may be committed, and commits that. */
  public void commit() {
    members.forEach(this::commit);
  }

  private void commit(Member member) {
    Map<TopicPartition, OffsetAndMetadata> current = new HashMap<>();
    if (member.redelivery == null) {
      member.positions.forEach((p, offset) -> current.put(p, new OffsetAndMetadata(offset)));
    }
    member
        .task
        .preCommit(current)
        .forEach((partition, offset) -> committed.put(partition, offset.offset()));
  }

  /** Everything is delivered: steps until no task gets a record any more, then commits. */
  public void drain() {
    int idle = 0;
    while (idle < 5) {
      idle = step() == 0 && allDelivered() ? idle + 1 : 0;
    }
    commit();
  }

  private boolean allDelivered() {
    return members.stream()
        .allMatch(m ->
            m.redelivery == null
                && m.positions.entrySet().stream()
                    .allMatch(e ->
                        log.getOrDefault(e.getKey(), new TreeMap<>())
                            .tailMap(e.getValue())
                            .isEmpty()));
  }

  /** Moves all partitions to so many new tasks, cleanly: commit, close, stop, start. */
  public void rebalance(int tasks) {
    stop();
    start(tasks);
  }

  /** Stops as a worker does. */
  public void stop() {
    for (Member member : members) {
      commit(member);
      member.task.close(member.positions.keySet());
      member.task.stop();
    }
    members.clear();
  }

  /** Drops the tasks without close or commit; they stay behind as zombies. */
  public void crash() {
    zombies.addAll(members);
    members.clear();
  }

  /**
   * What a task does that does not know yet that it was replaced: it writes its next batch, even
   * closes. Its failures do not count, its commits are refused by the group.
   */
  public void zombiesWriteLate() {
    for (Member zombie : zombies) {
      try {
        step(zombie);
        if (random.nextBoolean()) {
          zombie.task.preCommit(Map.of());
        }
      } catch (RuntimeException e) {
        // fenced, as it should be
      }
    }
  }

  /** The offset that the group has committed for a partition, 0 for none. */
  public long committed(String topic, int partition) {
    return committed.getOrDefault(new TopicPartition(topic, partition), 0L);
  }

  /** The offset after the last record of a partition. */
  public long end(String topic, int partition) {
    return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
  }

  @Override
  public void close() {
    zombies.addAll(members);
    members.clear();
    for (Member zombie : zombies) {
      try {
        zombie.task.stop();
      } catch (RuntimeException e) {
        // a zombie may fail as it likes
      }
    }
    zombies.clear();
  }
}
