package io.millrace.bench.stateful;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs queries: it says "ready", takes a query from its input and says "done …" when
 * it has ended.
 */
final class Peer implements AutoCloseable {

  static final Duration LIMIT = Duration.ofMinutes(3);

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bench-limit").factory());

  private final Process process;
  private final PrintStream to;
  private final BufferedReader from;
  private final Path log;
  private final long idleBytes;

  /**
   * What a run took.
   *
   * @param cpu of the process, without the broker's
   * @param mostBytes the largest resident set that the process has had
   * @param idleBytes its resident set before the first run
   * @param answer what the process had to say
   */
  record Took(Duration time, Duration cpu, long mostBytes, long idleBytes, String answer) {}

  /** A run took longer than it may. */
  static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1;

    TooSlowException() {
      super("no end within " + LIMIT.toMinutes() + " min");
    }
  }

  Peer(String name, List<String> command) throws IOException {
    log = Files.createTempFile("bench-" + name, ".log");
    process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    await("ready");
    idleBytes = resident("VmRSS:");
  }

  /**
   * Runs a query.
   *
   * @throws TooSlowException if it took more than {@link #LIMIT}; the process is ended then
   */
  Took run(String... words) throws IOException {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    to.println(String.join("|", words));
    Future<?> end =
        CLOCK.schedule(process::destroyForcibly, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    String line;
    try {
      line = await("done");
    } catch (IOException e) {
      throw end.isDone() ? new TooSlowException() : e;
    } finally {
      end.cancel(false);
    }
    long time = System.nanoTime() - start;
    return new Took(
        Duration.ofNanos(time),
        Duration.ofNanos(cpuNanos() - cpu),
        resident("VmHWM:"),
        idleBytes,
        line.substring(4).strip());
  }

  private String await(String word) throws IOException {
    String line;
    do {
      line = from.readLine();
      if (line == null) {
        throw new IOException("the process has ended: see " + log);
      }
    } while (!line.startsWith(word));
    return line;
  }

  private long cpuNanos() {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  private long resident(String which) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(which)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    to.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
