package io.millrace.bench.stateful;

import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The events of the benchmark: measurements of devices, five minutes of event time in all, some 40
 * bytes each, in the order of their time but for a tenth that is up to half a second behind.
 */
final class Load {

  static final int PARTITIONS = 4;
  static final long LATENESS_MILLIS = 1000;

  static final RowType ROW =
      RowType.of(
          Field.required("k", DataType.INT),
          Field.required("id", DataType.BIGINT),
          Field.required("amount", DataType.DOUBLE),
          Field.required("kind", DataType.STRING),
          Field.required("ts", DataType.TIMESTAMP));

  private static final long START_MILLIS = 1_700_000_000_000L / 60_000 * 60_000;
  private static final long SPAN_MILLIS = 300_000;
  private static final int HEADER = 10;

  private Load() {}

  /** Event {@code number} of {@code of}; the same for everybody who asks. */
  static Object[] row(long number, long of, int keys) {
    long random = (number + 1) * 0x9E3779B97F4A7C15L;
    random = (random ^ random >>> 29) * 0xBF58476D1CE4E5B9L;
    random ^= random >>> 32;
    int key = (int) ((random >>> 1) % keys);
    long behind = random % 10 == 0 ? (random >>> 8) % 500 : 0;
    long millis = START_MILLIS + SPAN_MILLIS * number / of - Math.abs(behind);
    return new Object[] {
      key, number, (random >>> 20) % 10_000 / 100.0, "kind-" + key % 7, millis * 1000
    };
  }

  static Schema schema(String topic) {
    return AvroTypes.toAvro(ROW, topic);
  }

  /**
   * Writes events to two topics: {@code topic} as Millrace has them and {@code topic + ".plain"} as
   * Flink's Avro format reads them, without our header and with times in milliseconds.
   */
  static void write(
      Map<String, String> kafka, SchemaStore schemas, String topic, long events, int keys) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    config.put("compression.type", "lz4");
    config.put("linger.ms", 20);
    config.put("batch.size", 256 << 10);
    EventEncoder encoder = EventEncoder.announced(schema(topic), schemas);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
      for (long i = 0; i < events; i++) {
        Object[] row = row(i, events, keys);
        int partition = (int) row[0] % PARTITIONS;
        long millis = (long) row[4] / 1000;
        byte[] value = encoder.encode(row);
        producer.send(new ProducerRecord<>(topic, partition, millis, null, value));
        row[4] = millis;
        byte[] plain = encoder.encode(row);
        producer.send(
            new ProducerRecord<>(
                topic + ".plain",
                partition,
                millis,
                null,
                Arrays.copyOfRange(plain, HEADER, plain.length)));
      }
    }
  }
}
