package io.millrace.loop;

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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that a loop needs besides its streams. */
final class LoopTopics {

  private LoopTopics() {}

  /** Creates those that are not there, as the broker creates topics by default. */
  static void ensure(Map<String, String> client, String... names) {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(client))) {
      Set<String> there = admin.listTopics().names().get(15, TimeUnit.SECONDS);
      List<NewTopic> missing = new ArrayList<>();
      for (String name : names) {
        if (!there.contains(name)) {
          missing.add(new NewTopic(name, Optional.of(1), Optional.empty()));
        }
      }
      if (!missing.isEmpty()) {
        admin.createTopics(missing).all().get(15, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e.getCause() instanceof RuntimeException r ? r : new KafkaException(e.getCause());
      }
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "no answer from " + client.get("bootstrap.servers") + " within 15 s");
    }
  }
}
