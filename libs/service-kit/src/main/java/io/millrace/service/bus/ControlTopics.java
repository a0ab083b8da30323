package io.millrace.service.bus;

import io.millrace.schemas.bus.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that the control plane lives on, compacted, whichever service comes first. */
public final class ControlTopics {

  private static final Logger LOG = LoggerFactory.getLogger(ControlTopics.class);

  private static final List<String> COMPACTED =
      List.of(Topics.PLANS, Topics.STATUS, Topics.SCHEMAS, Topics.CONNECTORS, Topics.CAPTURES);

  private ControlTopics() {}

  /**
   * Makes the topics that are missing; waits for Kafka to be there.
   *
   * @throws IllegalStateException if Kafka cannot be reached within the patience
   */
  public static void ensure(Map<String, Object> clientConfig, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Admin admin = Admin.create(clientConfig)) {
      while (true) {
        try {
          create(admin);
          return;
        } catch (ExecutionException | TimeoutException e) {
          if (e.getCause() instanceof TopicExistsException) {
            continue;
          }
          Throwable cause = e.getCause() == null ? e : e.getCause();
          if (System.nanoTime() > deadline) {
            throw new IllegalStateException(
                "Kafka at %s cannot be reached: %s. Start it, or set MILLRACE_KAFKA to where it is."
                    .formatted(clientConfig.get("bootstrap.servers"), cause.getMessage()),
                cause);
          }
          LOG.warn(
              "waiting for Kafka at {}: {}",
              clientConfig.get("bootstrap.servers"),
              cause.getMessage());
          TimeUnit.MILLISECONDS.sleep(500);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    }
  }

  private static void create(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> present = admin.listTopics().names().get(10, TimeUnit.SECONDS);
    List<NewTopic> missing = new ArrayList<>();
    for (String topic : COMPACTED) {
      if (!present.contains(topic)) {
        missing.add(
            new NewTopic(topic, Optional.of(1), Optional.empty())
                .configs(
                    Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
      }
    }
    if (!missing.isEmpty()) {
      admin.createTopics(missing).all().get(30, TimeUnit.SECONDS);
    }
  }
}
