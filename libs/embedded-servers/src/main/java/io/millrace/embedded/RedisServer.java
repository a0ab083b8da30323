package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Redis with an append-only file, synced every second. */
public final class RedisServer implements EmbeddedServer {

  private final int port;
  private final ServerProcess process;

  private RedisServer(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts Redis and waits until it has loaded its data.
   *
   * @param directory where its data, pid file and log are
   */
  public static RedisServer start(Path directory, int port) {
    Path home = directory.toAbsolutePath();
    ServerProcess.stopStale("redis", home, "TERM");
    ServerProcess process =
        ServerProcess.start(
            "redis",
            home,
            "TERM",
            List.of(
                Binaries.redis().resolve("redis-server").toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                home.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                ""));
    process.awaitReady(Duration.ofSeconds(30), () -> answersPing(port));
    return new RedisServer(port, process);
  }

  private static boolean answersPing(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
    } catch (IOException e) {
      return false;
    }
  }

  /** The address as the services take it: redis://host:port. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean alive() {
    return process.alive();
  }

  @Override
  public void close() {
    process.stop();
  }
}
