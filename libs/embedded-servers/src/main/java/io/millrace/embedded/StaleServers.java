package io.millrace.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Servers that a killed parent left running. */
public final class StaleServers {

  private StaleServers() {}

  /**
   * Stops every such server whose directory is directly under the given one. Starting a server on a
   * directory does this for that directory anyway; whoever wants the old ports back does it first.
   */
  public static void stopAll(Path parent) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> directories = Files.list(parent)) {
      directories
          .parallel()
          .map(Path::toAbsolutePath)
          .forEach(home -> {
            ServerProcess.stopStale("postgres", home, PostgresServer.STOP_SIGNAL);
            ServerProcess.stopStale("mariadb", home, "TERM");
            ServerProcess.stopStale("redis", home, "TERM");
          });
    } catch (IOException e) {
      throw new ServerException("cannot list " + parent, e);
    }
  }
}
