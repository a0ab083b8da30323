package io.millrace.query.stream;

import io.millrace.schemas.event.SchemaStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one stream as they are committed, for one who watches. What the watcher cannot take
 * in time is skipped and counted: looking never slows the stream.
 */
final class LiveFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
  private static final int BUFFER = 2000;

  private final BlockingQueue<StreamEvent> buffer = new ArrayBlockingQueue<>(BUFFER);
  private final AtomicLong skipped = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  private LiveFeed(Runnable reading, String topic) {
    thread = Thread.ofVirtual().name("live-" + topic).unstarted(reading);
  }

  /** Starts at the topic's end, or at the given offsets. */
  static LiveFeed start(
      Map<String, Object> kafkaClient, SchemaStore schemas, String topic, RowFilter filter) {
    LiveFeed[] self = new LiveFeed[1];
    TopicReader reader = new TopicReader(kafkaClient, topic);
    Map<TopicPartition, Long> ends = reader.ends();
    ends.forEach(reader::seek);
    self[0] = new LiveFeed(() -> self[0].read(reader, new EventRenderer(schemas, filter)), topic);
    self[0].thread.start();
    return self[0];
  }

  /** What came since the last call, after waiting up to the given time for the first of it. */
  List<StreamEvent> take(Duration patience) throws InterruptedException {
    List<StreamEvent> events = new ArrayList<>();
    StreamEvent first = buffer.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      events.add(first);
      buffer.drainTo(events);
    }
    return events;
  }

  /** How many events were skipped since the last call. */
  long skipped() {
    return skipped.getAndSet(0);
  }

  /** Whether reading has ended, by {@link #close} or by an error. */
  boolean ended() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void read(TopicReader reader, EventRenderer renderer) {
    try (reader) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> kafkaRecord : reader.poll(Duration.ofMillis(250))) {
          renderer
              .render(kafkaRecord)
              .ifPresent(event -> {
                if (!buffer.offer(event)) {
                  skipped.incrementAndGet();
                }
              });
        }
      }
    } catch (InterruptException e) {
      LOG.debug("a live feed was closed while it waited", e);
    } catch (KafkaException e) {
      LOG.warn("a live feed ended: {}", e.getMessage());
    } finally {
      closed = true;
    }
  }
}
