package io.millrace.testing;

import io.millrace.embedded.FreePorts;
import io.millrace.embedded.RedisServer;
import java.nio.file.Path;

/**
 * One Redis with an append-only file. It keeps its port and its data over {@link #stop} and {@link
 * #start}.
 */
public final class TestRedis implements AutoCloseable {

  private static TestRedis shared;

  private final int port = FreePorts.any();
  private Path directory = Directories.temporary("redis");
  private RedisServer server;

  private TestRedis() {}

  /** The Redis of this JVM, started at the first call. Do not stop it. */
  public static synchronized TestRedis shared() {
    if (shared == null) {
      shared = create();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** A Redis of the caller's own, started. */
  public static TestRedis create() {
    TestRedis redis = new TestRedis();
    redis.start();
    return redis;
  }

  /** Where it listens, as redis://host:port. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Starts it with the data it had. */
  public void start() {
    server = RedisServer.start(directory, port);
  }

  /** Stops it and keeps its data. */
  public void stop() {
    if (server == null) {
      return;
    }
    server.close();
    server = null;
  }

  /** Forgets all data; only while stopped. */
  public void loseData() {
    Directories.delete(directory);
    directory = Directories.temporary("redis");
  }

  @Override
  public void close() {
    stop();
    Directories.delete(directory);
  }
}
