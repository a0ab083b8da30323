package io.millrace.local.home;

import io.millrace.embedded.StaleServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The pids of processes that a supervisor has started, for the next one to find. */
public final class LeftBehind {

  private LeftBehind() {}

  /** The pid file of a process. */
  public static Path file(LocalHome home, String name) {
    return home.file("pids").resolve(name + ".pid");
  }

  /** Notes that a process of this name has been started. */
  public static void write(LocalHome home, String name, long pid) throws IOException {
    Files.createDirectories(file(home, name).getParent());
    Files.writeString(file(home, name), Long.toString(pid));
  }

  /** Stops everything that a killed supervisor of this home left running. */
  public static void stop(LocalHome home) {
    stopProcesses(home);
    StaleServers.stopAll(home.file("data"));
  }

  private static void stopProcesses(LocalHome home) {
    Path directory = home.file("pids");
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        long pid = Long.parseLong(Files.readString(file).strip());
        ProcessHandle.of(pid).filter(LeftBehind::isOurs).ifPresent(LeftBehind::stop);
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(ProcessHandle handle) {
    Path proc = Path.of("/proc/" + handle.pid() + "/cmdline");
    try {
      return Files.exists(proc)
          ? Files.readString(proc).contains("io.millrace.")
          : handle.info().commandLine().orElse("").contains("io.millrace.");
    } catch (IOException e) {
      return false;
    }
  }

  private static void stop(ProcessHandle handle) {
    handle.destroy();
    try {
      handle.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException | CompletionException e) {
      handle.destroyForcibly();
      handle.onExit().join();
    }
  }
}
