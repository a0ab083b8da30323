package io.millrace.local.cli;

import io.millrace.local.home.LeftBehind;
import io.millrace.local.home.LocalHome;
import io.millrace.local.home.StackState;
import io.millrace.local.home.StateFile;
import io.millrace.local.supervisor.JvmOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the supervisor of a stack as a process that outlives the command, and stops it. */
final class StackProcess {

  private static final String MAIN = "io.millrace.local.supervisor.SupervisorMain";

  /** What file connectors may read and write; the stack's own folder is always among it. */
  private static final String FILES_ALLOWED = "MILLRACE_FILES_ALLOWED";

  private static final long START_SECONDS = 600;
  private static final long STOP_SECONDS = 120;

  private final Console console;
  private final LocalHome home;
  private final StateFile stateFile;

  StackProcess(Console console) {
    this.console = console;
    this.home = console.home();
    this.stateFile = new StateFile(home);
  }

  /** The state of the stack, if one runs. */
  Optional<StackState> running() {
    return stateFile.readRunning();
  }

  /** Starts a stack unless one runs; a running one heals what has died by itself. */
  StackState start(boolean processes) {
    String shape = processes ? "processes" : "one-jvm";
    Optional<StackState> running = running();
    if (running.isPresent()) {
      if (!running.get().shape().equals(shape)) {
        throw new CommandFailure(
            CommandFailure.REFUSED,
            "the stack runs in the shape %s: stop it with ./millrace down first"
                .formatted(running.get().shape()));
      }
      return awaitReady(null);
    }
    home.create();
    stateFile.delete();
    try {
      Path log = home.logs().resolve("millrace.log");
      ProcessBuilder builder =
          new ProcessBuilder(command(shape, processes, log))
              // what a script names relatively is meant there
              .directory(home.files().toFile())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(home.logs().resolve("millrace.out").toFile()));
      builder.environment().merge(FILES_ALLOWED, home.files().toString(), StackProcess::both);
      Process process = builder.start();
      process.getOutputStream().close();
      return awaitReady(process);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the stack", e);
    }
  }

  private static String both(String given, String own) {
    return given + File.pathSeparator + own;
  }

  private List<String> command(String shape, boolean processes, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      // a session of its own: Ctrl-C in the terminal is not for the stack
      command.add("/usr/bin/setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(processes ? JvmOptions.SUPERVISOR : JvmOptions.ONE_JVM);
    command.addAll(archive(processes));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Djava.awt.headless=true");
    command.add("-Dmillrace.root=" + home.root());
    command.add("-Dmillrace.home=" + home.home());
    command.add("-Dmillrace.log=" + log);
    command.add("-Dlogback.configurationFile=local-logback.xml");
    command.add("-cp");
    command.add(stagedClassPath());
    command.add(MAIN);
    command.add(home.home().toString());
    command.add(shape);
    return command;
  }

  /**
   * A stack at the usual place keeps the classes that it loads for the next start, which they make
   * a quarter faster. The JVM writes them as it ends, unless what it finds fits the jars; children
   * only read them.
   */
  private List<String> archive(boolean processes) {
    if (!home.home().equals(home.root().resolve(".millrace"))) {
      return List.of();
    }
    Path archive = home.root().resolve("local/target/stack.jsa");
    return processes
        ? List.of("-Dmillrace.archive=" + archive)
        : List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive);
  }

  /**
   * The tree's own jars are copied first: a build while the stack runs must not change the code
   * under its feet. They keep their times, by which the archive of classes knows them.
   */
  private String stagedClassPath() throws IOException {
    Path staged = home.file("lib");
    delete(staged);
    Files.createDirectories(staged);
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("millrace.class-path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (path.startsWith(home.root()) && Files.isRegularFile(path)) {
        Path copy = staged.resolve(path.getFileName());
        Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
        entries.add(copy.toString());
      } else {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private StackState awaitReady(Process started) {
    Progress progress = new Progress(console);
    while (progress.seconds() < START_SECONDS) {
      Optional<StackState> state = running();
      if (state.isPresent() && state.get().ready()) {
        return state.get();
      }
      if (started != null && !started.isAlive()) {
        throw new CommandFailure(
            CommandFailure.REFUSED, "the stack ended while it started: " + endOfLog());
      }
      progress.waitingFor(() -> state.map(StackProcess::waiting).orElse("the supervisor"));
      sleep(100);
    }
    throw new CommandFailure(
        CommandFailure.TIMED_OUT,
        "the stack is not ready after %d s: %s; see ./millrace status and ./millrace logs"
            .formatted(START_SECONDS, running().map(StackProcess::waiting).orElse("nothing runs")));
  }

  private static String waiting(StackState state) {
    return "waiting for "
        + String.join(
            ", ",
            state.parts().stream()
                .filter(part -> part.state() != StackState.PartState.READY)
                .map(part ->
                    part.detail() == null ? part.name() : part.name() + " (" + part.detail() + ")")
                .toList());
  }

  private String endOfLog() {
    for (String name : List.of("millrace.out", "millrace.log")) {
      try (Stream<String> lines =
          Files.lines(home.logs().resolve(name), StandardCharsets.ISO_8859_1)) {
        List<String> all = lines.filter(line -> !line.isBlank()).toList();
        if (!all.isEmpty()) {
          return String.join(" | ", all.subList(Math.max(0, all.size() - 3), all.size()));
        }
      } catch (IOException | UncheckedIOException e) {
        return "no log: " + e.getMessage();
      }
    }
    return "no word about why in " + home.logs();
  }

  /** Stops a running stack in order; returns whether one ran. */
  boolean stop() {
    Optional<StackState> running = running();
    if (running.isEmpty()) {
      return false;
    }
    ProcessHandle supervisor = ProcessHandle.of(running.get().pid()).orElseThrow();
    supervisor.destroy();
    Progress progress = new Progress(console);
    while (supervisor.isAlive()) {
      progress.waitingFor(() -> "stopping");
      if (progress.seconds() > STOP_SECONDS) {
        console.tell("  … it does not stop by itself: killed");
        supervisor.destroyForcibly();
        supervisor.onExit().join();
      }
      sleep(50);
    }
    return true;
  }

  /** Stops servers and services of a stack whose supervisor was killed. */
  void stopLeftBehind() {
    LeftBehind.stop(home);
  }

  /** Deletes all that the stack has written. */
  void purge() {
    try {
      delete(home.home());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + home.home(), e);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.REFUSED, "interrupted");
    }
  }
}
