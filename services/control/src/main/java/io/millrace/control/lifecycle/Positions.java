package io.millrace.control.lifecycle;

import io.millrace.schemas.bus.Topics;
import io.millrace.service.boot.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.stereotype.Component;

/**
 * Where applications have come to, wherever that is kept in Kafka: consumer groups, Kafka Connect's
 * offsets, completed snapshots. Forgotten when an application is dropped, so that one of the same
 * name starts afresh.
 */
@Component
class Positions {

  private static final Pattern CONNECT_OFFSETS =
      Pattern.compile("millrace\\.connect\\..+\\.offsets");
  private static final long WAIT_SECONDS = 30;
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings kafka;

  Positions(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** Forgets all of a dropped application's positions. */
  void forget(String application) {
    try (Admin admin = Admin.create(kafka.clientConfig())) {
      deleteGroups(admin, application);
      Set<String> topics = admin.listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS);
      // Connect's keys: ["connector", {…}]
      String connector = "[\"" + application + ".";
      for (String topic : topics) {
        if (CONNECT_OFFSETS.matcher(topic).matches()) {
          bury(topic, key -> key.startsWith(connector));
        }
      }
      if (topics.contains(Topics.CAPTURES)) {
        bury(Topics.CAPTURES, key -> key.startsWith(application + "."));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while positions were forgotten", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the positions of " + application + " could not be forgotten yet", e);
    }
  }

  private static void deleteGroups(Admin admin, String application)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> groups =
        admin.listGroups().all().get(WAIT_SECONDS, TimeUnit.SECONDS).stream()
            .map(GroupListing::groupId)
            .filter(group ->
                group.startsWith("connect-" + application + ".")
                    || group.startsWith("millrace." + application + "."))
            .toList();
    if (!groups.isEmpty()) {
      admin.deleteConsumerGroups(groups).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Writes tombstones over the records of some keys. */
  private void bury(String topic, Predicate<String> key)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("enable.auto.commit", false);
    config.put("isolation.level", "read_committed");
    Map<TopicPartition, Set<String>> found = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          String name =
              record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
          if (key.test(name)) {
            Set<String> keys =
                found.computeIfAbsent(
                    new TopicPartition(topic, record.partition()), p -> new HashSet<>());
            if (record.value() == null) {
              keys.remove(name);
            } else {
              keys.add(name);
            }
          }
        }
      }
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.clientConfig(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Map.Entry<TopicPartition, Set<String>> partition : found.entrySet()) {
        for (String name : partition.getValue()) {
          producer
              .send(
                  new ProducerRecord<>(
                      topic,
                      partition.getKey().partition(),
                      name.getBytes(StandardCharsets.UTF_8),
                      null))
              .get(WAIT_SECONDS, TimeUnit.SECONDS);
        }
      }
    }
  }
}
