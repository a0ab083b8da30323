package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Ports;
import io.millrace.local.home.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A local stack of its own, driven through the launcher as a person would. */
final class LocalStack implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Whether the tests with faults run in full, and everything as users have it. */
  static final boolean FULL = "full".equals(System.getProperty("millrace.faults"));

  private static LocalStack processes;

  private final LocalHome home;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param name of its directory under target
   */
  LocalStack(String name) {
    this.home = new LocalHome(ROOT, Path.of("target", name).toAbsolutePath());
    environment.put("MILLRACE_HOME", home.home().toString());
    environment.put("MILLRACE_JAVA_HOME", System.getProperty("java.home"));
    environment.put("MILLRACE_DEMO_RATE", "0");
    environment.put("MILLRACE_NO_BUILD", "1");
    if (!FULL) {
      // Processes that live for a minute spend most of it in the optimizing compiler.
      environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    }
    delete(home.home());
  }

  /** The stack of separate processes that the tests with faults share; it ends with the JVM. */
  static synchronized LocalStack ofProcesses() {
    if (processes == null) {
      processes = new LocalStack("faults-stack");
      Runtime.getRuntime().addShutdownHook(new Thread(processes::close));
      processes.run("up", "--processes", "--no-sample");
    }
    return processes;
  }

  /** What a command printed, and its exit code. */
  record Result(int exitCode, String output) {

    JsonNode json() {
      return JSON.readTree(output.substring(output.indexOf('{')));
    }
  }

  /** Runs a command that has to succeed; returns what it printed. */
  Result run(String... arguments) {
    Result result = tryToRun(arguments);
    assertThat(result.exitCode())
        .as("./millrace %s: %s", String.join(" ", arguments), result.output())
        .isZero();
    return result;
  }

  Result tryToRun(String... arguments) {
    return run(List.of(arguments), "");
  }

  private Result run(List<String> arguments, String input) {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("millrace").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(11, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("does not end: " + command);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  LocalHome home() {
    return home;
  }

  Secrets secrets() {
    return Secrets.of(home);
  }

  int port(String name) {
    return Ports.of(home).of(name);
  }

  /** Where relative directories of scripts are. */
  Path files() {
    return home.files();
  }

  JsonNode status() {
    return tryToRun("status", "--output", "json").json();
  }

  /** The process of a part; 0 when it does not run. */
  long pid(String part) {
    for (JsonNode candidate : status().path("parts")) {
      if (candidate.path("name").asString().equals(part)) {
        return candidate.path("pid").asLong();
      }
    }
    return 0;
  }

  /** Kills a process as a power cut would. */
  static void kill(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(handle -> {
          handle.destroyForcibly();
          handle.onExit().join();
        });
  }

  /** A connection to the demo database of the samples. */
  Connection shop() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port("mariadb") + "/shop", "shop", secrets().shop());
  }

  /** A connection to the database that the samples replicate to. */
  Connection replica() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port("postgres") + "/replica",
        "replica",
        secrets().replica());
  }

  /** A script with the ports of this stack in place of the usual ones. */
  String script(Path original) throws IOException {
    String text = Files.readString(original);
    for (String server : List.of("mariadb", "postgres", "kafka")) {
      text =
          text.replaceAll(
              "\\b" + Ports.PREFERRED.get(server) + "\\b", Integer.toString(port(server)));
    }
    Path copy = home.home().resolve(original.getFileName());
    return Files.writeString(copy, text).toString();
  }

  /** Stores a secret that scripts name. */
  void secret(String name, String value) {
    Result result = run(List.of("secret", name), value);
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port("kafka");
  }

  @Override
  public void close() {
    tryToRun("down");
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
