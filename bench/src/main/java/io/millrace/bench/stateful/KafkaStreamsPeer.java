package io.millrace.bench.stateful;

import io.millrace.bench.streams.AvroInput;
import io.millrace.bench.streams.AvroOutput;
import io.millrace.bench.streams.StreamsApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Runs queries with Kafka Streams in this process: one thread, exactly once, a commit each second,
 * its usual stores (RocksDB with changelogs), windows that are given when they have ended.
 * Argument: the broker. Lines: {@code name of the query|topic e|topic f or empty|output
 * topic|events}.
 *
 * <p>Events are told apart by their records' keys and times; of their columns only those are read
 * that a query needs.
 */
final class KafkaStreamsPeer {

  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofMillis(Load.LATENESS_MILLIS);
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();
  private static final Serde<Integer> KEY = Serdes.Integer();

  private final AvroInput in = new AvroInput();
  private final AvroOutput out = new AvroOutput();
  private final Serde<Integer> recordKey =
      Serdes.serdeFrom(
          (topic, key) -> out.writeNull(false).writeInt(key).toBytes(),
          (topic, bytes) -> in.at(bytes, 0).readNull() ? null : in.readInt());
  private final StreamsApplication application;

  private KafkaStreamsPeer(StreamsApplication application) {
    this.application = application;
  }

  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    String line;
    while ((line = in.readLine()) != null) {
      String[] words = line.split("\\|", -1);
      try (StreamsApplication application =
          new StreamsApplication(Map.of("bootstrap.servers", args[0]), words[3], COMMIT_INTERVAL)) {
        new KafkaStreamsPeer(application).build(words);
        application.start();
        application.awaitProcessed(Long.parseLong(words[4]));
        application.stop();
        System.out.println("done");
      }
    }
  }

  /** Whether a query is one that Kafka Streams has words for. */
  static boolean knows(Work work) {
    return switch (work.name()) {
      case "tumble", "hop", "join" -> true;
      default -> false;
    };
  }

  private void build(String[] words) {
    query(words).to(words[3], Produced.with(recordKey, BYTES));
  }

  private KStream<Integer, byte[]> query(String[] words) {
    KStream<Integer, byte[]> e = stream(words[1]);
    return switch (words[0]) {
      case "tumble" -> windows(e, TimeWindows.ofSizeAndGrace(Duration.ofMinutes(1), GRACE), true);
      case "hop" ->
          windows(
              e,
              TimeWindows.ofSizeAndGrace(Duration.ofMinutes(1), GRACE)
                  .advanceBy(Duration.ofSeconds(10)),
              false);
      case "join" -> join(e, stream(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private KStream<Integer, byte[]> stream(String topic) {
    return application.builder().stream(topic, Consumed.with(recordKey, BYTES))
        .peek((key, event) -> application.processed());
  }

  private KStream<Integer, byte[]> windows(
      KStream<Integer, byte[]> events, TimeWindows windows, boolean max) {
    return events
        .groupByKey(Grouped.with(KEY, BYTES))
        .windowedBy(windows)
        .emitStrategy(EmitStrategy.onWindowClose())
        .aggregate(
            Sums::new,
            (key, event, sums) -> sums.add(amount(event)),
            // Looking for windows that have ended copies the keys of the cache: far slower with it.
            Materialized.<Integer, Sums, WindowStore<Bytes, byte[]>>with(KEY, Sums.SERDE)
                .withCachingDisabled())
        .toStream()
        .map((windowed, sums) -> {
          int key = windowed.key();
          out.writeInt(key)
              .writeLong(windowed.window().start())
              .writeLong(windowed.window().end())
              .writeLong(sums.count())
              .writeDouble(sums.sum());
          if (max) {
            out.writeDouble(sums.max());
          }
          return KeyValue.pair(key, out.toBytes());
        });
  }

  private KStream<Integer, byte[]> join(KStream<Integer, byte[]> e, KStream<Integer, byte[]> f) {
    return e.join(
        f,
        (key, first, second) -> {
          in.at(first, 0).readInt();
          long firstId = in.readLong();
          in.at(second, 0).readInt();
          long secondId = in.readLong();
          return out.writeInt(key)
              .writeLong(firstId)
              .writeLong(secondId)
              .writeDouble(in.readDouble())
              .toBytes();
        },
        JoinWindows.ofTimeDifferenceAndGrace(Duration.ofSeconds(10), GRACE).before(Duration.ZERO),
        StreamJoined.with(KEY, BYTES, BYTES));
  }

  private double amount(byte[] event) {
    in.at(event, 0).readInt();
    in.readLong();
    return in.readDouble();
  }
}
