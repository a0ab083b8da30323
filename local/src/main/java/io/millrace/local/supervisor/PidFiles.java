package io.millrace.local.supervisor;

import io.millrace.local.home.LocalHome;
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
final class PidFiles {

  private PidFiles() {}

  static Path file(LocalHome home, String name) {
    return home.file("pids").resolve(name + ".pid");
  }

  static void write(LocalHome home, String name, long pid) throws IOException {
    Files.createDirectories(file(home, name).getParent());
    Files.writeString(file(home, name), Long.toString(pid));
  }

  /** Stops every process that a killed supervisor of this home left running. */
  static void stopStale(LocalHome home) {
    Path directory = home.file("pids");
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        long pid = Long.parseLong(Files.readString(file).strip());
        ProcessHandle.of(pid).filter(PidFiles::isOurs).ifPresent(PidFiles::stop);
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
