package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process with a pid file and a log. The pid file {@code NAME.pid} lies beside the data; it
 * names the process and its directory, so that a pid that the system has given to another program
 * since is never taken for ours.
 */
final class ServerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final String name;
  private final Process process;
  private final Path pidFile;
  private final Path log;
  private final String stopSignal;

  private ServerProcess(String name, Process process, Path pidFile, Path log, String stopSignal) {
    this.name = name;
    this.process = process;
    this.pidFile = pidFile;
    this.log = log;
    this.stopSignal = stopSignal;
  }

  /**
   * Starts a server.
   *
   * @param stopSignal the signal for a quick orderly stop, as {@code kill} names it
   */
  static ServerProcess start(String name, Path directory, String stopSignal, List<String> command) {
    Path pidFile = pidFile(name, directory);
    Path log = directory.resolve(name + ".log");
    try {
      Files.createDirectories(directory);
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process.getOutputStream().close();
      Files.writeString(pidFile, process.pid() + "\n" + directory + "\n");
      return new ServerProcess(name, process, pidFile, log, stopSignal);
    } catch (IOException e) {
      throw new ServerException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** Stops what an earlier, killed parent left running on this directory. */
  static void stopStale(String name, Path directory, String stopSignal) {
    stale(name, directory)
        .ifPresent(handle -> {
          LOG.info("stopping {} (pid {}), left behind by an earlier run", name, handle.pid());
          stop(handle, stopSignal);
        });
  }

  /**
   * Kills the processes with a name that work in a directory. The children of a server that was
   * killed outlive it until they notice, and a busy one of PostgreSQL does not: it keeps the shared
   * memory, and no server starts on the directory.
   */
  static void killOrphans(String name, Path directory) {
    List<ProcessHandle> orphans;
    do {
      orphans = ProcessHandle.allProcesses().filter(p -> isNamed(p, name, directory)).toList();
      for (ProcessHandle orphan : orphans) {
        LOG.info("killing {} (pid {}), left behind by its parent", name, orphan.pid());
        orphan.destroyForcibly();
        orphan.onExit().join();
      }
    } while (!orphans.isEmpty());
  }

  private static boolean isNamed(ProcessHandle process, String name, Path directory) {
    Path proc = Path.of("/proc/" + process.pid());
    try {
      return Files.readString(proc.resolve("comm")).strip().equals(name)
          && Files.isSameFile(proc.resolve("cwd"), directory);
    } catch (IOException e) {
      return false; // gone meanwhile, or somebody else's
    }
  }

  private static Optional<ProcessHandle> stale(String name, Path directory) {
    Path file = pidFile(name, directory);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      long pid = Long.parseLong(lines.get(0).strip());
      return ProcessHandle.of(pid).filter(handle -> worksIn(pid, lines.get(1)));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** By its command line, or its working directory: Redis overwrites its command line. */
  private static boolean worksIn(long pid, String directory) {
    try {
      Path working = Path.of("/proc/" + pid + "/cwd");
      if (Files.exists(working) && working.toRealPath().startsWith(directory)) {
        return true;
      }
    } catch (IOException e) {
      LOG.debug("cannot see the working directory of pid {}", pid, e);
    }
    String commandLine = commandLine(pid);
    return commandLine.contains(directory);
  }

  /** The words of a process's command line; empty when it cannot be seen. */
  static String commandLine(long pid) {
    Path proc = Path.of("/proc/" + pid + "/cmdline");
    try {
      if (Files.exists(proc)) {
        return Files.readString(proc, StandardCharsets.UTF_8).replace('\0', ' ');
      }
    } catch (IOException e) {
      return "";
    }
    return ProcessHandle.of(pid).flatMap(h -> h.info().commandLine()).orElse("");
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /**
   * Waits until the server answers; when it does not, it is stopped and the end of its log told.
   */
  void awaitReady(Duration atMost, BooleanSupplier ready) {
    Instant end = Instant.now().plus(atMost);
    try {
      while (!ready.getAsBoolean()) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new ServerException(
              name + " ended with exit code " + process.exitValue() + ": " + endOfLog());
        }
        if (Instant.now().isAfter(end)) {
          stop();
          throw new ServerException(name + " did not get ready in " + atMost + ": " + endOfLog());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("interrupted while waiting for " + name, e);
    }
  }

  void stop() {
    stop(process.toHandle(), stopSignal);
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      LOG.warn("cannot delete {}", pidFile, e);
    }
  }

  private static void stop(ProcessHandle handle, String signal) {
    if (!handle.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(handle.pid()))
          .redirectErrorStream(true)
          .start()
          .waitFor();
      handle.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      handle.destroyForcibly();
    } catch (Exception e) {
      LOG.warn("pid {} did not stop within {}: killed", handle.pid(), GRACE);
      handle.destroyForcibly();
      handle.onExit().join();
    }
  }

  private String endOfLog() {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.filter(line -> !line.isBlank()).toList();
      return String.join(" | ", all.subList(Math.max(0, all.size() - 5), all.size()))
          + " (log: "
          + log
          + ")";
    } catch (IOException e) {
      return "log: " + log;
    }
  }

  private static Path pidFile(String name, Path directory) {
    return directory.resolve(name + ".pid");
  }

  /** Whether something accepts connections on a port of the loopback interface. */
  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a command to its end. */
  static void run(String what, Path directory, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new ServerException(what + " failed: " + output);
      }
    } catch (IOException e) {
      throw new ServerException(what + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("interrupted: " + what, e);
    }
  }
}
