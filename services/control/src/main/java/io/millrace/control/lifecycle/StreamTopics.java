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
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
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
          });
    }
    topics.add(Topics.deadLetters(application));
    topics.add(Topics.replays(application));
    return topics;
  }

  /**
   * Makes the topics that are missing and sets the retention of the others; never touches the
   * number of partitions of a topic that exists, for keys would move.
   */
  void ensure(Plan plan) {
    Map<String, NewTopic> wanted = wanted(plan);
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

  private static Map<String, NewTopic> wanted(Plan plan) {
    Map<String, NewTopic> wanted = new LinkedHashMap<>();
    Set<String> cached = cachedStreams(plan);
    for (StreamDefinition stream : plan.getStreams()) {
      if (stream.getTopic().startsWith(plan.getApplication() + ".")) {
        add(
            wanted,
            stream.getTopic(),
            stream.getPartitions(),
            keyed(stream) && cached.contains(stream.getName())
                ? TopicConfig.CLEANUP_POLICY_COMPACT
                : TopicConfig.CLEANUP_POLICY_DELETE,
            stream.getRetentionMillis());
      }
    }
    add(
        wanted,
        Topics.deadLetters(plan.getApplication()),
        1,
        TopicConfig.CLEANUP_POLICY_DELETE,
        DEAD_LETTERS_KEPT.toMillis());
    add(
        wanted,
        Topics.replays(plan.getApplication()),
        // So many that what failed in a task of a stateful query gets back to the same one.
        plan.getStreams().stream().mapToInt(StreamDefinition::getPartitions).max().orElse(1),
        TopicConfig.CLEANUP_POLICY_DELETE,
        REPLAYS_KEPT.toMillis());
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
      Map<String, NewTopic> wanted,
      String name,
      int partitions,
      String cleanup,
      long retentionMillis) {
    wanted.put(
        name,
        new NewTopic(name, Optional.of(Math.max(1, partitions)), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    cleanup,
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(retentionMillis),
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                    Long.toString(Math.max(0, retentionMillis)))));
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
