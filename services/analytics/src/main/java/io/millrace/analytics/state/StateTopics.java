package io.millrace.analytics.state;

import io.millrace.schemas.bus.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal and the snapshots of one query, and the groups that belong to these, a partition a
 * task. Nothing is removed from them by age: they are trimmed by whoever knows what is needed no
 * more, and of a group the last record is kept. Thread-safe.
 */
public final class StateTopics implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StateTopics.class);
  private static final long WAIT_SECONDS = 30;

  private static final Map<String, String> TRIMMED =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.RETENTION_BYTES_CONFIG,
          "-1",
          // What was trimmed leaves the disk a segment at a time.
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(16 << 20));

  private static final Map<String, String> COMPACTED =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          // A segment that is written to is not compacted.
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(64 << 20));

  private final Map<String, String> client;
  private final List<String> inputs;
  private final String journal;
  private final String state;
  private final String groups;
  private final boolean keepsGroups;
  private final ExecutorService trimming =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("millrace-trim").factory());
  private Admin admin;
  private boolean there;

  /**
   * @param client how Kafka clients connect
   * @param inputs the topics that the query reads
   * @param keepsGroups whether it remembers groups beyond windows
   */
  public StateTopics(
      Map<String, String> client,
      String application,
      String component,
      List<String> inputs,
      boolean keepsGroups) {
    this.client = Map.copyOf(client);
    this.inputs = List.copyOf(inputs);
    this.journal = Topics.journal(application, component);
    this.state = Topics.state(application, component);
    this.groups = Topics.groups(application, component);
    this.keepsGroups = keepsGroups;
  }

  public String journal() {
    return journal;
  }

  public String state() {
    return state;
  }

  public String groups() {
    return groups;
  }

  /** All of them, for a person. */
  String names() {
    return journal + (keepsGroups ? ", " + state + " and " + groups : " and " + state);
  }

  private List<TopicPartition> partitions(int task) {
    List<TopicPartition> partitions = new ArrayList<>();
    partitions.add(new TopicPartition(journal, task));
    partitions.add(new TopicPartition(state, task));
    if (keepsGroups) {
      partitions.add(new TopicPartition(groups, task));
    }
    return partitions;
  }

  /** Makes them, with a partition for each of the inputs. */
  synchronized void ensure() {
    if (there) {
      return;
    }
    await(() -> {
      int tasks =
          admin()
              .describeTopics(inputs)
              .allTopicNames()
              .get(WAIT_SECONDS, TimeUnit.SECONDS)
              .values()
              .stream()
              .mapToInt(topic -> topic.partitions().size())
              .max()
              .orElse(1);
      ensure(journal, tasks, TRIMMED);
      ensure(state, tasks, TRIMMED);
      if (keepsGroups) {
        ensure(groups, tasks, COMPACTED);
      }
      return null;
    });
    there = true;
  }

  private void ensure(String topic, int partitions, Map<String, String> config)
      throws InterruptedException, ExecutionException, TimeoutException {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(config);
    try {
      admin().createTopics(List.of(wanted)).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    TopicDescription now =
        admin()
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get(WAIT_SECONDS, TimeUnit.SECONDS)
            .get(topic);
    if (now.partitions().size() < partitions) {
      try {
        admin()
            .createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
            .all()
            .get(WAIT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof InvalidPartitionsException)) {
          throw e; // Otherwise another instance was quicker.
        }
      }
    }
  }

  /** Whether a transaction that wrote for a task is neither committed nor aborted yet. */
  boolean undecided(int task) {
    List<TopicPartition> partitions = partitions(task);
    return await(() ->
        !ends(partitions, IsolationLevel.READ_COMMITTED)
            .equals(ends(partitions, IsolationLevel.READ_UNCOMMITTED)));
  }

  /**
   * Removes what is older than a moment, in its own time; what cannot be removed now is removed the
   * next time.
   *
   * @param stamp milliseconds since the epoch, as records of the task have them
   */
  public void trim(int task, long stamp) {
    trimming.execute(() -> {
      try {
        trimNow(List.of(new TopicPartition(journal, task), new TopicPartition(state, task)), stamp);
      } catch (RuntimeException e) {
        LOG.info("{} is not trimmed this time: {}", journal, e.toString());
      }
    });
  }

  private void trimNow(List<TopicPartition> partitions, long stamp) {
    await(() -> {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      partitions.forEach(p -> asked.put(p, OffsetSpec.forTimestamp(stamp)));
      Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
      admin()
          .listOffsets(asked)
          .all()
          .get(WAIT_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, found) -> {
            if (found.offset() > 0) {
              before.put(partition, RecordsToDelete.beforeOffset(found.offset()));
            }
          });
      if (!before.isEmpty()) {
        admin().deleteRecords(before).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
      }
      return null;
    });
  }

  @Override
  public void close() {
    trimming.shutdownNow();
    synchronized (this) {
      if (admin != null) {
        admin.close(java.time.Duration.ofSeconds(1));
        admin = null;
      }
    }
  }

  private Map<TopicPartition, Long> ends(
      Collection<TopicPartition> partitions, IsolationLevel isolation)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(p -> asked.put(p, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin()
        .listOffsets(asked, new ListOffsetsOptions(isolation))
        .all()
        .get(WAIT_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(Map.<String, Object>copyOf(client));
    }
    return admin;
  }

  private interface Work<T> {
    T run() throws InterruptedException, ExecutionException, TimeoutException;
  }

  private static <T> T await(Work<T> work) {
    try {
      return work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "no answer within " + WAIT_SECONDS + " s");
    }
  }
}
