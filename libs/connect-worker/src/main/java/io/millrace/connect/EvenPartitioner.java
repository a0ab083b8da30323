package io.millrace.connect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/**
 * Spreads what sources write: records with a key as Kafka's own partitioner does, those without one
 * after the other over all partitions. Kafka's own fills one partition for a while and then another
 * one; the time of a stream, which is that of its slowest partition, would stand still meanwhile.
 */
public final class EvenPartitioner implements Partitioner {

  private final ConcurrentMap<String, AtomicInteger> next = new ConcurrentHashMap<>();

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    int partitions = cluster.partitionsForTopic(topic).size();
    int number =
        keyBytes != null
            ? Utils.murmur2(keyBytes)
            : next.computeIfAbsent(topic, t -> new AtomicInteger()).getAndIncrement();
    return Utils.toPositive(number) % partitions;
  }

  @Override
  public void close() {}
}
