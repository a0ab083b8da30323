package io.millrace.testing;

import io.millrace.embedded.FreePorts;
import io.millrace.embedded.KafkaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One Kafka broker, which is its own controller. It keeps its port and its data over {@link #stop}
 * and {@link #start}.
 */
public final class TestKafka implements AutoCloseable {

  private static TestKafka shared;

  private final Path directory = Directories.temporary("kafka");
  private final int port = FreePorts.any();
  private final int controllerPort = FreePorts.any();
  private final Map<String, String> settings;
  private KafkaServer server;
  private boolean started;

  private TestKafka(Map<String, String> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.putIfAbsent("log.retention.hours", "-1");
  }

  /** The broker of this JVM, started at the first call. Do not stop it. */
  public static synchronized TestKafka shared() {
    if (shared == null) {
      shared = create(Map.of());
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /**
   * A broker of the caller's own, started.
   *
   * @param settings broker settings that are to differ
   */
  public static TestKafka create(Map<String, String> settings) {
    TestKafka kafka = new TestKafka(settings);
    kafka.start();
    return kafka;
  }

  /** What clients connect to. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The configuration that every client needs. */
  public Map<String, String> clientConfig() {
    return Map.of("bootstrap.servers", bootstrapServers());
  }

  /** Starts the broker; returns when it takes requests for every topic that it has. */
  public void start() {
    server = KafkaServer.start(directory, port, controllerPort, settings);
    if (started) {
      awaitLeaders();
    }
    started = true;
  }

  /** Stops the broker and keeps its data. */
  public void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Creates a topic, or leaves it as it is when there is one. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /** Creates a topic with settings of its own, or leaves it as it is when there is one. */
  public void createTopic(String name, int partitions, Map<String, String> topicConfig) {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(clientConfig()))) {
      NewTopic topic =
          new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(topicConfig);
      admin.createTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
      awaitLeaders(admin, partitions(name, partitions));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("could not create " + name, e);
      }
    }
  }

  private void awaitLeaders() {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(clientConfig()))) {
      Set<String> names = admin.listTopics().names().get(60, TimeUnit.SECONDS);
      List<TopicPartition> all = new ArrayList<>();
      admin
          .describeTopics(names)
          .allTopicNames()
          .get(60, TimeUnit.SECONDS)
          .forEach((name, topic) -> all.addAll(partitions(name, topic.partitions().size())));
      awaitLeaders(admin, all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker does not lead its topics", e);
    }
  }

  private static List<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count).mapToObj(p -> new TopicPartition(topic, p)).toList();
  }

  /**
   * A topic is created, or found again by a broker that was restarted, before the broker leads it.
   * An idempotent producer whose first request is refused then and whose second is taken would hang
   * (KAFKA-15591).
   */
  private static void awaitLeaders(Admin admin, List<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        admin.listOffsets(wanted).all().get(60, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
  }

  /**
   * The committed records of a topic, by partition and offset. Transactions that are open are
   * waited for.
   */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed");
        KafkaConsumer<byte[], byte[]> other = consumer("read_uncommitted")) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = other.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(read::add);
      }
    }
    read.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    return read;
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> config = new HashMap<>(clientConfig());
    config.put("isolation.level", isolation);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    stop();
    Directories.delete(directory);
  }
}
