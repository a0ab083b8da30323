package io.millrace.bench.latency;

import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Ports;
import io.millrace.local.home.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A local stack for one measurement, driven through the launcher; removed at the end. */
final class BenchStack implements AutoCloseable {

  private static final Path ROOT = Path.of("").toAbsolutePath();
  private final LocalHome home = new LocalHome(ROOT, ROOT.resolve("bench/target/stack"));

  private BenchStack() {}

  static BenchStack up() throws IOException, InterruptedException {
    BenchStack stack = new BenchStack();
    stack.run("up", "--no-sample");
    return stack;
  }

  /** Applies a script, with this stack's ports in place of the usual ones, and starts it. */
  void start(Path script, String application) throws IOException, InterruptedException {
    String text = Files.readString(script);
    for (String server : List.of("mariadb", "postgres")) {
      text =
          text.replace(
              Integer.toString(Ports.PREFERRED.get(server)), Integer.toString(port(server)));
    }
    Path copy = Files.writeString(home.home().resolve(script.getFileName()), text);
    run("apply", copy.toString());
    run("deploy", application);
    run("start", application);
  }

  void stop(String application) throws IOException, InterruptedException {
    run("stop", application);
  }

  /** The port of one of the stack's servers. */
  int port(String server) {
    return Ports.of(home).of(server);
  }

  Secrets secrets() {
    return Secrets.of(home);
  }

  Connection shop() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port("mariadb") + "/shop", "shop", secrets().shop());
  }

  Connection replica() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port("postgres") + "/replica",
        "replica",
        secrets().replica());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("down", "--purge");
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("millrace").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.to(log()));
    builder
        .environment()
        .putAll(Map.of("MILLRACE_HOME", home.home().toString(), "MILLRACE_DEMO_RATE", "0"));
    int exitCode = builder.start().waitFor();
    if (exitCode != 0) {
      throw new IOException(
          "./millrace %s: %s"
              .formatted(String.join(" ", arguments), Files.readString(log().toPath())));
    }
  }

  private static java.io.File log() {
    return ROOT.resolve("bench/target/stack.log").toFile();
  }
}
