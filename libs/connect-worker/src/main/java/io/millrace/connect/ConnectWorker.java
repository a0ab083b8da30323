package io.millrace.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/**
 * A distributed Kafka Connect worker inside this process. Workers of one service share its
 * connectors: tasks are spread over them and move when one stops. Thread-safe.
 */
public final class ConnectWorker implements AutoCloseable {

  private final WorkerSettings settings;
  private final String workerKey = UUID.randomUUID().toString();
  private final String workerId;
  private final Connect<DistributedHerder> connect;
  private volatile boolean closed;

  private ConnectWorker(WorkerSettings settings) {
    this.settings = settings;
    int port = settings.restPort() == 0 ? freePort() : settings.restPort();
    this.workerId = settings.host() + ":" + port;
    SecretConfigProvider.register(workerKey, settings.secrets());
    Map<String, String> properties = WorkerProperties.of(settings, port, workerKey);
    if (settings.exactlyOnceSources()) {
      HangingTransactions.end(
          settings.kafkaClient(),
          properties.get("group.id"),
          properties.get("offset.storage.topic"));
    }
    this.connect = new EmbeddedDistributed().open(properties);
  }

  /**
   * Starts a worker; it joins its group in the background.
   *
   * @throws RuntimeException if the broker cannot be reached, or the port is taken
   */
  public static ConnectWorker start(WorkerSettings settings) {
    return new ConnectWorker(settings);
  }

  /** Host and port of the worker's listener, by which the group knows it. */
  public String workerId() {
    return workerId;
  }

  /** Whether the worker has joined its group and read what its connectors are. */
  public boolean isReady() {
    return !closed && connect.herder().isReady();
  }

  /** Leaves the group and stops the tasks that run here, flushing what they hold. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    connect.stop();
    connect.awaitStop();
    SecretConfigProvider.forget(workerKey);
    WorkerMetrics.forget(workerKey);
  }

  /** A connector's configuration with its secrets in clear. */
  Map<String, String> withSecrets(Map<String, String> config) {
    SecretConfigProvider provider = new SecretConfigProvider();
    provider.configure(Map.of(WorkerProperties.SECRETS, workerKey));
    return new ConfigTransformer(Map.of("secret", provider)).transform(config).data();
  }

  WorkerSettings settings() {
    return settings;
  }

  DistributedHerder herder() {
    return connect.herder();
  }

  WorkerMetrics metrics() {
    return WorkerMetrics.of(workerKey);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
