package io.millrace.bench.stateless;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What nobody can beat: bytes from topic to topic, exactly once, a transaction a poll. */
final class BareCopy {

  private BareCopy() {}

  static void run(
      Map<String, String> kafka, String from, String to, long events, LongConsumer progress) {
    Map<String, Object> reading = new HashMap<>(kafka);
    reading.put("key.deserializer", ByteArrayDeserializer.class);
    reading.put("value.deserializer", ByteArrayDeserializer.class);
    reading.put("group.id", "bare-copy-" + System.nanoTime());
    reading.put("auto.offset.reset", "earliest");
    reading.put("enable.auto.commit", false);
    reading.put("isolation.level", "read_committed");
    reading.put("max.poll.records", 10_000);
    reading.put("fetch.min.bytes", 100_000);
    reading.put("fetch.max.wait.ms", 20);
    Map<String, Object> writing = new HashMap<>(kafka);
    writing.put("key.serializer", ByteArraySerializer.class);
    writing.put("value.serializer", ByteArraySerializer.class);
    writing.put("compression.type", "lz4");
    writing.put("batch.size", 256 << 10);
    writing.put("transactional.id", "bare-copy-" + System.nanoTime());
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(reading);
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(writing)) {
      producer.initTransactions();
      consumer.subscribe(List.of(from));
      long done = 0;
      while (done < events) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        if (records.isEmpty()) {
          continue;
        }
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> record : records) {
          producer.send(
              new ProducerRecord<>(to, null, record.timestamp(), record.key(), record.value()));
        }
        producer.sendOffsetsToTransaction(records.nextOffsets(), consumer.groupMetadata());
        producer.commitTransaction();
        done += records.count();
        progress.accept(done);
      }
    }
  }
}
