package io.millrace.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka broker, which is its own controller. It keeps its port and its data over {@link #stop}
 * and {@link #start}.
 */
public final class TestKafka implements AutoCloseable {

  private static TestKafka shared;

  private final Path directory = Directories.temporary("kafka");
  private final int port = Directories.freePort();
  private final Map<String, String> settings;
  private KafkaRaftServer server;

  private TestKafka(Map<String, String> more) {
    settings = new HashMap<>(settings());
    settings.putAll(more);
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
    kafka.format();
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

  /** Starts the broker; returns when it takes requests. */
  public void start() {
    server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server.startup();
  }

  /** Stops the broker and keeps its data. */
  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("could not create " + name, e);
      }
    }
  }

  @Override
  public void close() {
    stop();
    Directories.delete(directory);
  }

  private Map<String, String> settings() {
    int controller = Directories.freePort();
    Map<String, String> s = new HashMap<>();
    s.put("process.roles", "broker,controller");
    s.put("node.id", "1");
    s.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    s.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller));
    s.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    s.put("controller.listener.names", "CONTROLLER");
    s.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    s.put("log.dirs", directory.resolve("data").toString());
    s.put("num.partitions", "1");
    s.put("auto.create.topics.enable", "false");
    s.put("offsets.topic.replication.factor", "1");
    s.put("offsets.topic.num.partitions", "4");
    s.put("transaction.state.log.replication.factor", "1");
    s.put("transaction.state.log.min.isr", "1");
    s.put("transaction.state.log.num.partitions", "4");
    s.put("share.coordinator.state.topic.replication.factor", "1");
    s.put("share.coordinator.state.topic.min.isr", "1");
    s.put("group.initial.rebalance.delay.ms", "0");
    s.put("broker.session.timeout.ms", "2000");
    s.put("broker.heartbeat.interval.ms", "500");
    s.put("log.retention.hours", "-1");
    return s;
  }

  private void format() {
    Path file = directory.resolve("server.properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
      Files.writeString(file, text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    int code =
        StorageTool.execute(
            new String[] {
              "format",
              "-t",
              Uuid.randomUuid().toString(),
              "-c",
              file.toString(),
              "--ignore-formatted"
            },
            quiet);
    if (code != 0) {
      throw new IllegalStateException("could not format " + directory);
    }
  }
}
