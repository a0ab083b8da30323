package io.millrace.control.lifecycle;

import io.millrace.control.ControlError;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.ChangeEvents;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.service.boot.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The Kafka topics of applications: their streams, dead letters and replays. */
@Component
class StreamTopics implements DisposableBean {

  private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);
  private static final Duration REPLAYS_KEPT = Duration.ofDays(7);
  private static final long WAIT_SECONDS = 30;

  /** What was deleted leaves the disk a segment at a time. */
  private static final int SEGMENT_BYTES = 128 << 20;

  /** {@link StreamRetention} deletes, by when events arrived; Kafka would go by what they say. */
  private static final Map<String, String> DELETED_BY_US =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.RETENTION_BYTES_CONFIG,
          "-1",
          // By time, history would make a segment of each week.
          TopicConfig.SEGMENT_MS_CONFIG,
          Long.toString(Long.MAX_VALUE));

  private final KafkaSettings kafka;
  private Admin admin;

  StreamTopics(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** The topics that belong to an application; not those that others write. */
  static Set<String> owned(String application, Collection<Plan> plans) {
    Set<String> topics = new LinkedHashSet<>();
    for (Plan plan : plans) {
      plan.getStreams().stream()
          .map(StreamDefinition::getTopic)
          .filter(topic -> topic.startsWith(application + "."))
          .forEach(topics::add);
      plan.getComponents().stream()
          .filter(c -> c.getService().equals("analytics"))
          .forEach(c -> {
            topics.add(Topics.journal(application, c.getName()));
            topics.add(Topics.state(application, c.getName()));
            topics.add(Topics.groups(application, c.getName()));
          });
    }
    topics.add(Topics.deadLetters(application));
    topics.add(Topics.replays(application));
    return topics;
  }

  /**
   * Makes the topics that are missing and sets the options of the others; never touches the number
   * of partitions of a topic that exists, for keys would move.
   *
   * @return for each topic that events are to be removed from how long they are kept, milliseconds
   */
  Map<String, Long> ensure(Plan plan) {
    Map<String, Long> kept = new LinkedHashMap<>();
    Map<String, NewTopic> wanted = wanted(plan, kept);
    await(() -> {
      Set<String> present = admin().listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      List<NewTopic> others = new ArrayList<>();
      wanted.values().forEach(t -> (present.contains(t.name()) ? others : missing).add(t));
      for (KafkaFuture<Void> made : admin().createTopics(missing).values().values()) {
        ignoring(TopicExistsException.class, made);
      }
      adjust(others);
      return null;
    });
    return kept;
  }

  /** Where the partitions of those topics that exist end. */
  Map<TopicPartition, Long> ends(Collection<String> topics) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    await(() -> {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (KafkaFuture<TopicDescription> topic :
          admin().describeTopics(topics).topicNameValues().values()) {
        ignoring(
            UnknownTopicOrPartitionException.class,
            topic.thenApply(found -> {
              found
                  .partitions()
                  .forEach(p ->
                      asked.put(
                          new TopicPartition(found.name(), p.partition()), OffsetSpec.latest()));
              return null;
            }));
      }
      ListOffsetsResult found = admin().listOffsets(asked);
      for (TopicPartition partition : asked.keySet()) {
        ignoring(
            UnknownTopicOrPartitionException.class,
            found
                .partitionResult(partition)
                .thenApply(end -> {
                  ends.put(partition, end.offset());
                  return null;
                }));
      }
      return null;
    });
    return ends;
  }

  /**
   * Deletes what is before an offset.
   *
   * @return the partitions that do not have that offset: they were made anew
   */
  Set<TopicPartition> deleteBefore(Map<TopicPartition, Long> offsets) {
    Set<TopicPartition> others = new HashSet<>();
    await(() -> {
      Map<TopicPartition, RecordsToDelete> asked = new HashMap<>();
      offsets.forEach((p, offset) -> asked.put(p, RecordsToDelete.beforeOffset(offset)));
      for (Map.Entry<TopicPartition, KafkaFuture<DeletedRecords>> one :
          admin().deleteRecords(asked).lowWatermarks().entrySet()) {
        try {
          one.getValue().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof OffsetOutOfRangeException)
              && !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
            throw e;
          }
          others.add(one.getKey());
        }
      }
      return null;
    });
    return others;
  }

  void delete(Collection<String> topics) {
    await(() -> {
      for (KafkaFuture<Void> deleted : admin().deleteTopics(topics).topicNameValues().values()) {
        ignoring(UnknownTopicOrPartitionException.class, deleted);
      }
      return null;
    });
  }

  @Override
  public synchronized void destroy() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(2));
    }
  }

  private static Map<String, NewTopic> wanted(Plan plan, Map<String, Long> kept) {
    Map<String, NewTopic> wanted = new LinkedHashMap<>();
    Set<String> cached = cachedStreams(plan);
    for (StreamDefinition stream : plan.getStreams()) {
      if (stream.getTopic().startsWith(plan.getApplication() + ".")) {
        boolean compacted = keyed(stream) && cached.contains(stream.getName());
        if (!compacted) {
          kept.put(stream.getTopic(), stream.getRetentionMillis());
        }
        add(
            wanted,
            stream.getTopic(),
            stream.getPartitions(),
            compacted
                ? Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(Math.max(0, stream.getRetentionMillis())))
                : DELETED_BY_US);
      }
    }
    add(wanted, Topics.deadLetters(plan.getApplication()), 1, DELETED_BY_US);
    kept.put(Topics.deadLetters(plan.getApplication()), DEAD_LETTERS_KEPT.toMillis());
    add(
        wanted,
        Topics.replays(plan.getApplication()),
        // So many that what failed in a task of a stateful query gets back to the same one.
        plan.getStreams().stream().mapToInt(StreamDefinition::getPartitions).max().orElse(1),
        DELETED_BY_US);
    kept.put(Topics.replays(plan.getApplication()), REPLAYS_KEPT.toMillis());
    return wanted;
  }

  /**
   * What feeds a cache has to hold the latest of every row for good: a cache whose data Redis lost
   * is loaded from there. Within the retention nothing is compacted, so queries miss no change.
   */
  private static Set<String> cachedStreams(Plan plan) {
    return plan.getComponents().stream()
        .filter(c -> c.getKind() == ComponentKind.CACHE)
        .flatMap(c -> c.getInputs().stream())
        .collect(Collectors.toSet());
  }

  /** Whether every record has a key that names its row; only then can the topic be compacted. */
  private static boolean keyed(StreamDefinition stream) {
    return stream.getKind() == StreamKind.CHANGES
        && stream.getPartitionBy().isEmpty()
        && !ChangeEvents.key(AvroTypes.parse(stream.getRowSchema())).isEmpty();
  }

  private static void add(
      Map<String, NewTopic> wanted, String name, int partitions, Map<String, String> cleanup) {
    Map<String, String> configs = new HashMap<>(cleanup);
    // Events have the times that they say, however far ahead; the broker would refuse those.
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    configs.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES));
    wanted.put(
        name,
        new NewTopic(name, Optional.of(Math.max(1, partitions)), Optional.empty())
            .configs(configs));
  }

  private void adjust(List<NewTopic> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (topics.isEmpty()) {
      return;
    }
    Map<ConfigResource, NewTopic> resources = new HashMap<>();
    topics.forEach(t -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, t.name()), t));
    Map<ConfigResource, Config> now =
        admin().describeConfigs(resources.keySet()).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    resources.forEach((resource, topic) -> {
      List<AlterConfigOp> differences = new ArrayList<>();
      topic
          .configs()
          .forEach((name, wanted) -> {
            ConfigEntry current = now.get(resource).get(name);
            if (current == null || !wanted.equals(current.value())) {
              differences.add(
                  new AlterConfigOp(new ConfigEntry(name, wanted), AlterConfigOp.OpType.SET));
            }
          });
      if (!differences.isEmpty()) {
        changes.put(resource, differences);
      }
    });
    if (!changes.isEmpty()) {
      admin().incrementalAlterConfigs(changes).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void ignoring(Class<? extends Throwable> harmless, KafkaFuture<Void> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!harmless.isInstance(e.getCause())) {
        throw e;
      }
    }
  }

  private interface Work {
    Void run() throws InterruptedException, ExecutionException, TimeoutException;
  }

  private static void await(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ControlError.KAFKA_UNAVAILABLE.with("interrupted").because(e);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw ControlError.KAFKA_UNAVAILABLE.with(cause.getMessage()).because(e);
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = Admin.create(kafka.clientConfig());
    }
    return admin;
  }
}
