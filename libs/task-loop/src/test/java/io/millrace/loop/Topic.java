package io.millrace.loop;

import io.millrace.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes numbers to a topic and reads back what is committed in one. */
record Topic(TestKafka kafka, String name, int partitions) {

  static Topic create(TestKafka kafka, String name, int partitions) {
    kafka.createTopic(name, partitions);
    return new Topic(kafka, name, partitions);
  }

  /** Writes the numbers from inclusive to exclusive; the key is the number modulo 100. */
  void write(int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int i = from; i < to; i++) {
        producer.send(new ProducerRecord<>(name, bytes("" + i % 100), bytes("" + i)));
      }
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    config.put("linger.ms", 5);
    return new KafkaProducer<>(config);
  }

  /** Everything committed by now, by partition in order. */
  Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    config.put("isolation.level", "read_committed");
    Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> all = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        all.add(new TopicPartition(name, p));
        read.put(p, new ArrayList<>());
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = ends(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> read.get(r.partition()).add(r));
      }
    }
    return read;
  }

  /** Ends with open transactions: one whose commit is just being spread is waited for. */
  private Map<TopicPartition, Long> ends(List<TopicPartition> all) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      return consumer.endOffsets(all);
    }
  }

  /** The committed values, in no order. */
  List<String> values() {
    List<String> values = new ArrayList<>();
    read().values().forEach(list -> list.forEach(r -> values.add(text(r.value()))));
    return values;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
