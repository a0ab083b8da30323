package io.millrace.control;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.EdgeStatus;
import io.millrace.schemas.control.Plan;
import io.millrace.service.bus.Outbound;
import io.millrace.testing.TestKafka;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows the plans of one application as the services do, and reports what its components would: a
 * test says how much lag each has, which fail, and when everybody falls silent.
 */
final class FakeServices implements AutoCloseable {

  final Map<String, Long> lags = new ConcurrentHashMap<>();
  final Map<String, String> failures = new ConcurrentHashMap<>();
  final Map<String, String> restarts = new ConcurrentHashMap<>();
  final List<Plan> plans = new CopyOnWriteArrayList<>();
  final Map<String, Long> starts = new ConcurrentHashMap<>();
  final List<String> stopped = new CopyOnWriteArrayList<>();
  volatile boolean silent;
  volatile boolean removed;

  private final String application;
  private final KafkaProducer<String, byte[]> producer = FakeConnectors.producer();
  private final Map<String, String> fingerprints = new HashMap<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile String instance = "fake:1";
  private volatile long startedAt = System.currentTimeMillis();
  private volatile Plan plan;

  FakeServices(String application) {
    this.application = application;
    this.thread = Thread.ofPlatform().daemon().name("fake-services").start(this::run);
  }

  /** The process is killed and another one starts: counters begin at zero. */
  void restart() {
    instance = "fake:" + System.nanoTime();
    startedAt = System.currentTimeMillis();
    counts.clear();
    fingerprints.clear();
  }

  /** Events that each component has processed since its start. */
  void count(String component, long events) {
    counts.put(component, events);
  }

  Plan plan() {
    return plan;
  }

  @Override
  public void close() throws Exception {
    closed = true;
    thread.join(5_000);
    reported.forEach(key -> producer.send(new ProducerRecord<>(Topics.STATUS, 0, key, null)));
    producer.close();
  }

  private void run() {
    Map<String, Object> config = new HashMap<>(TestKafka.shared().clientConfig());
    config.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(Topics.PLANS, 0)));
      consumer.seekToBeginning(consumer.assignment());
      long reportAt = 0;
      while (!closed) {
        boolean news = false;
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          if (record.key().equals(application)) {
            take(record.value());
            news = true;
          }
        }
        if (!silent && (news || System.currentTimeMillis() > reportAt)) {
          reportAt = System.currentTimeMillis() + 500;
          report();
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void take(byte[] value) throws IOException {
    if (value == null) {
      plan = null;
      removed = true;
      fingerprints.clear();
      reported.forEach(key -> producer.send(new ProducerRecord<>(Topics.STATUS, 0, key, null)));
      reported.clear();
      return;
    }
    removed = false;
    plan = Plan.fromByteBuffer(ByteBuffer.wrap(value));
    plans.add(plan);
  }

  private void report() {
    Plan current = plan;
    if (current == null) {
      return;
    }
    for (Component component : current.getComponents()) {
      String key = application + "/" + component.getName() + "/" + instance;
      reported.add(key);
      producer.send(
          new ProducerRecord<>(Topics.STATUS, 0, key, Outbound.encode(status(current, component))));
    }
    producer.flush();
  }

  private ComponentStatus status(Plan current, Component component) {
    String name = component.getName();
    boolean runs =
        current.getDesired() == DesiredState.RUNNING
            || (current.getDesired() == DesiredState.QUIESCING
                && !current.getDrained().contains(name));
    if (runs && !component.getFingerprint().equals(fingerprints.get(name))) {
      fingerprints.put(name, component.getFingerprint());
      starts.merge(name, 1L, Long::sum);
    } else if (!runs && fingerprints.remove(name) != null) {
      stopped.add(name);
    }
    long events = counts.getOrDefault(name, 0L);
    ComponentState state =
        failures.containsKey(name)
            ? ComponentState.FAILED
            : !runs
                ? ComponentState.STOPPED
                : restarts.containsKey(name) ? ComponentState.RESTARTING : ComponentState.RUNNING;
    return ComponentStatus.newBuilder()
        .setApplication(application)
        .setComponent(name)
        .setService(component.getService())
        .setInstance(instance)
        .setRevision(current.getRevision())
        .setState(state)
        .setReleased(current.getDropped())
        .setError(failures.getOrDefault(name, restarts.get(name)))
        .setErrorCode(failures.containsKey(name) ? "BROKEN" : null)
        .setErrorAt(failures.containsKey(name) ? 1L : null)
        .setGuarantee("exactly-once")
        .setStartedAt(startedAt)
        .setEventsIn(events)
        .setEventsOut(events)
        .setLag(lags.getOrDefault(name, 0L))
        .setLatencyP99Millis(5.0)
        .setEdges(
            component.getInputs().stream()
                .map(stream -> new EdgeStatus(stream, true, events, 0L))
                .toList())
        .setReportedAt(System.currentTimeMillis())
        .build();
  }
}
