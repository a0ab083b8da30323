package io.millrace.bench.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * An application of Kafka Streams: exactly once, one thread, large batches. Its topology calls
 * {@link #processed()} for every event.
 */
public final class StreamsApplication implements AutoCloseable {

  private static final Duration LONGEST_CLOSE = Duration.ofMinutes(1);

  private final Properties config = new Properties();
  private final StreamsBuilder builder = new StreamsBuilder();
  private final AtomicLong processed = new AtomicLong();
  private final Path state;
  private volatile Throwable failure;
  private KafkaStreams streams;

  /**
   * An application that is not yet started.
   *
   * @param name other than all before, so that it starts from nothing
   */
  public StreamsApplication(Map<String, String> kafka, String name, Duration commitInterval)
      throws IOException {
    state = Files.createTempDirectory("bench-streams");
    config.putAll(kafka);
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    config.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
    // Usually windows that have ended are looked for once a second. Minutes of event time pass in a
    // second here: the stores would have dropped four of five by then.
    config.put(StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION, 0L);
    consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    consumer(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 100_000);
    consumer(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
  }

  private void consumer(String option, Object value) {
    config.put(StreamsConfig.consumerPrefix(option), value);
  }

  /** Where the topology is made. */
  public StreamsBuilder builder() {
    return builder;
  }

  /** One more event has been processed. To be called by the one thread of the topology. */
  public void processed() {
    processed.setRelease(processed.getPlain() + 1);
  }

  public long processedEvents() {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return processed.getAcquire();
  }

  public void start() {
    streams = new KafkaStreams(builder.build(), config);
    streams.setUncaughtExceptionHandler(thrown -> {
      failure = thrown;
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    });
    streams.start();
  }

  public void awaitProcessed(long events) {
    while (processedEvents() < events) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Commits what has been processed, and ends. */
  public void stop() {
    if (!streams.close(LONGEST_CLOSE)) {
      throw new IllegalStateException("Kafka Streams does not end");
    }
  }

  @Override
  public void close() throws IOException {
    if (streams != null) {
      stop();
    }
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
