package io.millrace.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What will be committed together: outputs, and the offsets after the inputs they came from. */
final class PendingBatch {

  private final List<ProducerRecord<byte[], byte[]>> outputs = new ArrayList<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private final Map<String, Integer> eventsIn = new HashMap<>();
  private final Map<String, Integer> eventsOut = new HashMap<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private ConsumerGroupMetadata group;
  private long[] timestamps = new long[64];
  private int timestampCount;
  private long highestTimestamp = Long.MIN_VALUE;
  private int deadLetters;
  private long bytes;

  void event(ProducerRecord<byte[], byte[]> record) {
    other(record);
    eventsOut.merge(record.topic(), 1, Integer::sum);
  }

  void deadLetter(ProducerRecord<byte[], byte[]> record) {
    other(record);
    deadLetters++;
  }

  /** A record that belongs to the batch but counts as no event, for instance of a journal. */
  void other(ProducerRecord<byte[], byte[]> record) {
    outputs.add(record);
    bytes += record.value() == null ? 0 : record.value().length;
  }

  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void read(String topic, int events) {
    eventsIn.merge(topic, events, Integer::sum);
  }

  void readAt(long timestamp) {
    if (timestampCount == timestamps.length) {
      timestamps = Arrays.copyOf(timestamps, timestampCount * 2);
    }
    timestamps[timestampCount++] = timestamp;
    highestTimestamp = Math.max(highestTimestamp, timestamp);
  }

  void offsets(Map<TopicPartition, OffsetAndMetadata> after, ConsumerGroupMetadata metadata) {
    offsets.putAll(after);
    group = metadata;
  }

  /** Adds a later batch to this one. */
  void append(PendingBatch later) {
    outputs.addAll(later.outputs);
    offsets.putAll(later.offsets);
    afterCommit.addAll(later.afterCommit);
    group = later.group;
    later.eventsIn.forEach((topic, count) -> eventsIn.merge(topic, count, Integer::sum));
    later.eventsOut.forEach((topic, count) -> eventsOut.merge(topic, count, Integer::sum));
    for (int i = 0; i < later.timestampCount; i++) {
      readAt(later.timestamps[i]);
    }
    deadLetters += later.deadLetters;
    bytes += later.bytes;
  }

  boolean isEmpty() {
    return offsets.isEmpty() && outputs.isEmpty();
  }

  List<ProducerRecord<byte[], byte[]>> outputs() {
    return outputs;
  }

  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return offsets;
  }

  List<Runnable> afterCommit() {
    return afterCommit;
  }

  ConsumerGroupMetadata group() {
    return group;
  }

  Map<String, Integer> eventsIn() {
    return eventsIn;
  }

  Map<String, Integer> eventsOut() {
    return eventsOut;
  }

  int deadLetters() {
    return deadLetters;
  }

  int timestamps() {
    return timestampCount;
  }

  long timestamp(int index) {
    return timestamps[index];
  }

  long highestTimestamp() {
    return highestTimestamp;
  }

  long bytes() {
    return bytes;
  }
}
