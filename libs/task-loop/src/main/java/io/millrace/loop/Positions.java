package io.millrace.loop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where reading starts: at the committed offset, else where the configuration says. */
final class Positions {

  private static final Logger LOG = LoggerFactory.getLogger(Positions.class);

  private final LoopConfig config;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LoopMetrics metrics;

  Positions(LoopConfig config, KafkaConsumer<byte[], byte[]> consumer, LoopMetrics metrics) {
    this.config = config;
    this.consumer = consumer;
    this.metrics = metrics;
  }

  void start(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
    List<TopicPartition> fresh = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        fresh.add(partition);
      } else {
        consumer.seek(partition, offset);
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    // Written down at once: what starts at the end must not start at a later end after a restart.
    Map<TopicPartition, Long> start =
        config.startFrom() == LoopConfig.StartFrom.LATEST
            ? consumer.endOffsets(fresh)
            : consumer.beginningOffsets(fresh);
    Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
    start.forEach((partition, offset) -> {
      first.put(partition, new OffsetAndMetadata(offset));
      consumer.seek(partition, offset);
    });
    if (config.startFrom() == LoopConfig.StartFrom.LATEST) {
      consumer.commitSync(first);
    }
  }

  /** Goes back as a processor asks; returns the partitions that are read again. */
  Set<TopicPartition> rewind(int task, RewindException request) {
    Set<TopicPartition> rewound = new HashSet<>();
    request
        .offsets()
        .forEach((topic, offset) -> {
          TopicPartition partition = new TopicPartition(topic, task);
          if (!consumer.assignment().contains(partition)) {
            return;
          }
          LOG.info(
              "{}: {} is read again from {}: {}",
              config.group(),
              partition,
              offset == RewindException.BEGINNING ? "its beginning" : offset,
              request.getMessage());
          if (offset == RewindException.BEGINNING) {
            consumer.seekToBeginning(Set.of(partition));
          } else {
            consumer.seek(partition, offset);
          }
          rewound.add(partition);
        });
    return rewound;
  }

  /** Retention took away what was not read yet, or the topic was made anew: said aloud. */
  void outOfRange(Map<TopicPartition, Long> wanted) {
    consumer
        .beginningOffsets(wanted.keySet())
        .forEach((partition, beginning) -> {
          long lost = beginning - wanted.get(partition);
          if (lost > 0) {
            metrics.skipped.add(lost);
            LOG.error(
                "{}: retention removed {} events of {} before they were read; it goes on at offset {}",
                config.group(),
                lost,
                partition,
                beginning);
          } else {
            LOG.warn(
                "{}: {} has no offset {}; it was created anew and is read from its beginning",
                config.group(),
                partition,
                wanted.get(partition));
          }
          consumer.seek(partition, beginning);
        });
  }
}
