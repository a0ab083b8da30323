package io.millrace.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folders of one local stack. The launcher names them: {@code millrace.root} is the project,
 * {@code millrace.home} (environment: MILLRACE_HOME) the folder that holds all that a stack writes,
 * {@code .millrace} in the project unless said otherwise.
 *
 * @param root the project
 * @param home what the stack writes
 */
public record LocalHome(Path root, Path home) {

  /** As the launcher says. */
  public static LocalHome current() {
    Path root = Path.of(System.getProperty("millrace.root", ".")).toAbsolutePath().normalize();
    String home = System.getProperty("millrace.home", System.getenv("MILLRACE_HOME"));
    return new LocalHome(
        root,
        home == null || home.isBlank()
            ? root.resolve(".millrace")
            : Path.of(home).toAbsolutePath().normalize());
  }

  /** The data of a server. */
  public Path data(String server) {
    return home.resolve("data").resolve(server);
  }

  /** What file connectors read and write. */
  public Path files() {
    return home.resolve("files");
  }

  public Path logs() {
    return home.resolve("logs");
  }

  public Path samples() {
    return root.resolve("samples");
  }

  /** A file in the home. */
  public Path file(String name) {
    return home.resolve(name);
  }

  /** Makes the home; only its owner may look into it. */
  public void create() {
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(
            home,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.createDirectories(logs());
      Files.createDirectories(files());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + home, e);
    }
  }
}
