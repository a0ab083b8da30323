package io.millrace.loop;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far a session is behind its inputs. */
final class LagMeter {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final LoopConfig config;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LoopMetrics metrics;
  private long next = System.nanoTime();

  LagMeter(LoopConfig config, KafkaConsumer<byte[], byte[]> consumer, LoopMetrics metrics) {
    this.config = config;
    this.consumer = consumer;
    this.metrics = metrics;
  }

  /** Updates the metrics now and then, from what the last fetches told. */
  void measure(boolean now) {
    if (!now && System.nanoTime() < next) {
      return;
    }
    next = System.nanoTime() + INTERVAL_NANOS;
    Map<String, Long> byTopic = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong behind = consumer.currentLag(partition);
      byTopic.merge(partition.topic(), behind.orElse(0), Long::sum);
    }
    metrics.lag(byTopic);
  }

  /**
   * Whether everything was read that is in the inputs, open transactions included. Asks the broker.
   */
  boolean atTheVeryEnd() {
    Set<TopicPartition> partitions = consumer.assignment();
    if (partitions.isEmpty()) {
      return true;
    }
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(config.client()))) {
      Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends =
          admin
              .listOffsets(
                  partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
              .all()
              .get(10, TimeUnit.SECONDS);
      for (TopicPartition partition : partitions) {
        if (consumer.position(partition) < ends.get(partition).offset()) {
          return false;
        }
      }
      measure(true);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("could not ask for the ends of the inputs: " + e.getMessage(), e);
    }
  }
}
