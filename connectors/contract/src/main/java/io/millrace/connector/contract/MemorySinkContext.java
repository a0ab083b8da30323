package io.millrace.connector.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Takes rewinds and pauses as a worker does: they hold from the next batch on. */
final class MemorySinkContext implements SinkTaskContext {

  private final Map<String, String> configs;
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private Set<TopicPartition> assignment = Set.of();

  MemorySinkContext(Map<String, String> configs) {
    this.configs = Map.copyOf(configs);
  }

  void assignment(Collection<TopicPartition> partitions) {
    assignment = Set.copyOf(partitions);
  }

  Map<TopicPartition, Long> takeOffsets() {
    Map<TopicPartition, Long> taken = new HashMap<>(offsets);
    offsets.clear();
    return taken;
  }

  Set<TopicPartition> paused() {
    return paused;
  }

  @Override
  public Map<String, String> configs() {
    return configs;
  }

  @Override
  public void offset(Map<TopicPartition, Long> rewinds) {
    offsets.putAll(rewinds);
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    offsets.put(partition, offset);
  }

  @Override
  public void timeout(long timeoutMs) {
    // the harness does not wait
  }

  @Override
  public Set<TopicPartition> assignment() {
    return assignment;
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused.addAll(Arrays.asList(partitions));
  }

  @Override
  public void resume(TopicPartition... partitions) {
    paused.removeAll(List.of(partitions));
  }

  @Override
  public void requestCommit() {
    // the test commits when it likes
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return null;
  }

  @Override
  public PluginMetrics pluginMetrics() {
    return null;
  }
}
