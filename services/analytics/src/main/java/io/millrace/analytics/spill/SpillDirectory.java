package io.millrace.analytics.spill;

import io.millrace.cep.group.GroupDisk;
import io.millrace.loop.StopLoopException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The directory of this instance for what its heap has no room for. Nothing in it outlives the
 * process: what is there when it starts is removed. Thread-safe; the disks are not.
 */
public final class SpillDirectory implements AutoCloseable {

  private Path directory;
  private RocksSettings settings;
  private int opened;

  private SpillDirectory(Path directory) {
    this.directory = directory;
  }

  /** A directory of that name, which nobody else uses. */
  public static SpillDirectory of(Path directory) {
    SpillDirectory spill = new SpillDirectory(directory);
    remove(directory);
    return spill;
  }

  /** A temporary directory, made when it is needed. */
  public static SpillDirectory temporary() {
    return new SpillDirectory(null);
  }

  /**
   * Opens a store with nothing in it.
   *
   * @throws StopLoopException if it cannot; the message says why and what to do
   */
  public synchronized GroupDisk open() {
    try {
      directory =
          directory == null
              ? Files.createTempDirectory("millrace-analytics-")
              : Files.createDirectories(directory);
    } catch (IOException e) {
      throw failure(directory, e);
    }
    if (settings == null) {
      settings = new RocksSettings();
    }
    return RocksGroupDisk.open(directory.resolve(Integer.toString(++opened)), settings);
  }

  /** Removes everything; no store is used any more. */
  @Override
  public synchronized void close() {
    if (settings != null) {
      settings.close();
      settings = null;
    }
    if (directory != null) {
      remove(directory);
    }
  }

  /** Why a query stops that needs the disk. */
  static StopLoopException failure(Path place, Exception e) {
    return new StopLoopException(
        "STATE_DISK_FAILED",
        ("the query remembers more than fits into memory, and the rest cannot be kept on disk"
                + " (%s): %s. Make room there, or set millrace.analytics.state-directory to a"
                + " larger disk; or give the application a larger state_memory. Then start the"
                + " query again: nothing is lost")
            .formatted(place == null ? "in the temporary directory" : place, e.getMessage()));
  }

  static void remove(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
