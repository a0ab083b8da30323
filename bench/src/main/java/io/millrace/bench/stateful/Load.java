package io.millrace.bench.stateful;

import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The events of the benchmark: measurements of devices, five minutes of event time in all, some 40
 * bytes each, in the order of their time but for a tenth that is up to half a second behind. Behind
 * them each partition has six events in steps of ten seconds, so that every engine gives the
 * results of all others; in steps, for Kafka Streams drops windows that time leaps over.
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
  private static final int LAST = 6;
  private static final long LAST_STEP_MILLIS = 10_000;
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

  /** All events in batches, without those behind them. */
  static List<List<Object[]>> batches(int events, int keys, int size) {
    List<List<Object[]>> batches = new ArrayList<>();
    for (int from = 0; from < events; from += size) {
      List<Object[]> batch = new ArrayList<>(size);
      for (int i = from; i < Math.min(events, from + size); i++) {
        batch.add(row(i, events, keys));
      }
      batches.add(batch);
    }
    return batches;
  }

  /** The events behind the others, by time. */
  private static Object[] last(int number, long of) {
    long millis =
        START_MILLIS + SPAN_MILLIS + 2 * LATENESS_MILLIS + number / PARTITIONS * LAST_STEP_MILLIS;
    return new Object[] {number % PARTITIONS, of + number, 0.0, "last", millis * 1000};
  }

  /** How many a topic of {@code events} holds. */
  static long withLast(long events) {
    return events + LAST * PARTITIONS;
  }

  static Schema schema(String topic) {
    return AvroTypes.toAvro(ROW, topic);
  }

  /**
   * Writes events to two topics: {@code topic} as Millrace has them and {@code topic + ".plain"} as
   * Flink's Avro format and the Kafka Streams peer read them, without our header and with times in
   * milliseconds.
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
    KeyEncoder keyEncoder = new KeyEncoder(RowType.of(ROW.field(0)));
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
      for (long i = 0; i < withLast(events); i++) {
        Object[] row = i < events ? row(i, events, keys) : last((int) (i - events), events);
        int partition = (int) row[0] % PARTITIONS;
        byte[] key = keyEncoder.encode(new Object[] {row[0]});
        long millis = (long) row[4] / 1000;
        byte[] value = encoder.encode(row);
        producer.send(new ProducerRecord<>(topic, partition, millis, key, value));
        row[4] = millis;
        byte[] plain = encoder.encode(row);
        producer.send(
            new ProducerRecord<>(
                topic + ".plain",
                partition,
                millis,
                key,
                Arrays.copyOfRange(plain, HEADER, plain.length)));
      }
    }
  }
}
