package io.millrace.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its controller in this process. Topics are not created by themselves: who
 * writes to a topic creates it first, as on a cluster of production.
 */
public final class KafkaServer implements EmbeddedServer {

  private static final Duration LEAVE = Duration.ofSeconds(20);

  private final int port;
  private final KafkaRaftServer server;
  private volatile boolean running = true;

  private KafkaServer(int port, KafkaRaftServer server) {
    this.port = port;
    this.server = server;
  }

  /**
   * Starts the broker and waits until it takes requests.
   *
   * @param directory where its log and its settings are
   */
  public static KafkaServer start(Path directory, int port, int controllerPort) {
    return start(directory, port, controllerPort, Map.of());
  }

  /**
   * Starts the broker with some settings that are to differ.
   *
   * @param differing broker settings by their Kafka names
   */
  public static KafkaServer start(
      Path directory, int port, int controllerPort, Map<String, String> differing) {
    Path home = directory.toAbsolutePath();
    Map<String, String> settings = settings(home, port, controllerPort);
    settings.putAll(differing);
    try {
      Files.createDirectories(home);
      Path file = write(home, settings);
      format(file, clusterId(home));
    } catch (IOException e) {
      throw new ServerException("cannot prepare " + home + ": " + e.getMessage(), e);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server.startup();
    awaitListening(port);
    return new KafkaServer(port, server);
  }

  private static Map<String, String> settings(Path home, int port, int controllerPort) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", home.resolve("data").toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "8");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "8");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // a killed broker comes back in seconds instead of waiting for its old session to end
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    // one broker on a small machine: less memory and fewer threads than the defaults
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("num.recovery.threads.per.data.dir", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    settings.put("log.segment.bytes", "268435456");
    settings.put("log.index.size.max.bytes", "1048576");
    return settings;
  }

  private static Path write(Path home, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    properties.store(text, null);
    return Files.writeString(home.resolve("server.properties"), text.toString());
  }

  private static String clusterId(Path home) throws IOException {
    Path file = home.resolve("cluster-id");
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file).strip();
  }

  private static void format(Path settings, String clusterId) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int exitCode =
        StorageTool.execute(
            new String[] {
              "format", "-t", clusterId, "-c", settings.toString(), "--ignore-formatted"
            },
            new PrintStream(output, true, StandardCharsets.UTF_8));
    if (exitCode != 0) {
      throw new ServerException(
          "cannot format Kafka's storage: " + output.toString(StandardCharsets.UTF_8).strip());
    }
  }

  private static void awaitListening(int port) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!ServerProcess.listens(port)) {
      if (System.nanoTime() > end) {
        throw new ServerException("Kafka does not listen on port " + port);
      }
      Thread.onSpinWait();
    }
  }

  /** The address as clients take it: host:port. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public boolean alive() {
    return running;
  }

  /**
   * Stops it in order. A broker that its controller does not let go within 20 s, as one that was
   * short of time for its heartbeats, would wait five minutes (KAFKA-19905); it goes without leave
   * then. It has no replica elsewhere that could miss anything.
   */
  @Override
  public void close() {
    running = false;
    Thread stopping = new Thread(server::shutdown, "millrace-kafka-stop");
    stopping.setDaemon(true);
    stopping.start();
    try {
      if (!stopping.join(LEAVE)) {
        stopping.interrupt();
        stopping.join();
      }
      server.awaitShutdown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
