package io.millrace.bench.latency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Kafka Connect as it comes, a standalone worker in a process of its own: Debezium's source for
 * MariaDB, Kafka's JSON converter with schemas, and Debezium's JDBC sink. System property {@code
 * connect.classpath}: what it is started with.
 */
final class ConnectPeer implements AutoCloseable {

  private static final Path HOME = Path.of("bench/target/connect-peer");
  private static final String PREFIX = "peer";

  private final Process process;

  private ConnectPeer(Process process) {
    this.process = process;
  }

  /** Starts it on the servers of a stack, from a table of the shop to one of the same name. */
  static ConnectPeer start(BenchStack stack, String plugins, String table)
      throws IOException, InterruptedException {
    Files.createDirectories(HOME);
    Files.deleteIfExists(HOME.resolve("offsets"));
    String kafka = "127.0.0.1:" + stack.port("kafka");
    String topic = PREFIX + ".shop." + table;
    makeTopic(kafka, topic);
    Path worker =
        write(
            "worker",
            Map.of(
                "bootstrap.servers",
                kafka,
                "listeners",
                "http://127.0.0.1:0",
                "plugin.path",
                plugins,
                "offset.storage.file.filename",
                HOME.resolve("offsets").toString(),
                "key.converter",
                "org.apache.kafka.connect.json.JsonConverter",
                "value.converter",
                "org.apache.kafka.connect.json.JsonConverter"));
    Path source =
        write(
            "source",
            Map.ofEntries(
                Map.entry("name", "peer-source"),
                Map.entry("connector.class", "io.debezium.connector.mariadb.MariaDbConnector"),
                Map.entry("database.hostname", "127.0.0.1"),
                Map.entry("database.port", Integer.toString(stack.port("mariadb"))),
                Map.entry("database.user", "cdc"),
                Map.entry("database.password", stack.secrets().capture()),
                Map.entry("database.server.id", "4711"),
                Map.entry("topic.prefix", PREFIX),
                Map.entry("table.include.list", "shop." + table),
                Map.entry("include.schema.changes", "false"),
                Map.entry("schema.history.internal.kafka.topic", "peer.history"),
                Map.entry("schema.history.internal.kafka.bootstrap.servers", kafka)));
    Path sink =
        write(
            "sink",
            Map.of(
                "name", "peer-sink",
                "connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector",
                "topics", topic,
                "connection.url",
                    "jdbc:postgresql://127.0.0.1:" + stack.port("postgres") + "/replica",
                "connection.username", "replica",
                "connection.password", stack.secrets().replica(),
                "collection.name.format", table,
                "insert.mode", "upsert",
                "primary.key.mode", "record_key",
                "schema.evolution", "basic"));
    return new ConnectPeer(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("connect.classpath"),
                "org.apache.kafka.connect.cli.ConnectStandalone",
                worker.toString(),
                source.toString(),
                sink.toString())
            .redirectErrorStream(true)
            .redirectOutput(HOME.resolve("log").toFile())
            .start());
  }

  /** A consumer that waits for a topic to come looks for it once in five minutes. */
  private static void makeTopic(String kafka, String topic) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static Path write(String name, Map<String, String> properties) throws IOException {
    return Files.writeString(
        HOME.resolve(name + ".properties"),
        properties.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
            .sorted()
            .collect(Collectors.joining()));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
