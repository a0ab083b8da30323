package io.millrace.connector;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The directories that connectors, caches and models may reach: those under one of the list's. The
 * list comes from the environment of the worker, never from a statement.
 */
public final class AllowedDirectories {

  /** A system property; paths separated as in a class path. */
  public static final String PROPERTY = "millrace.files.allowed";

  /** The same as an environment variable; the property goes first. */
  public static final String ENVIRONMENT = "MILLRACE_FILES_ALLOWED";

  private final List<Path> roots;

  private AllowedDirectories(List<Path> roots) {
    this.roots = roots;
  }

  /** The list of this process; empty, so that nothing can be reached, when there is none. */
  public static AllowedDirectories ofThisProcess() {
    String list = System.getProperty(PROPERTY, System.getenv(ENVIRONMENT));
    return list == null || list.isBlank()
        ? new AllowedDirectories(List.of())
        : of(Arrays.stream(list.split(File.pathSeparator)).map(Path::of).toArray(Path[]::new));
  }

  public static AllowedDirectories of(Path... roots) {
    return new AllowedDirectories(Arrays.stream(roots).map(AllowedDirectories::real).toList());
  }

  /** The path of an option: a relative one is below the first allowed directory. */
  public Path resolve(String option) {
    Path path = Path.of(option.strip());
    Path absolute = path.isAbsolute() || roots.isEmpty() ? path : roots.getFirst().resolve(path);
    return absolute.toAbsolutePath().normalize();
  }

  /** Why a path may not be reached, or empty. Symbolic links count as what they point to. */
  public Optional<String> refusal(Path path) {
    Path real = real(path);
    if (roots.stream().anyMatch(real::startsWith)) {
      return Optional.empty();
    }
    return Optional.of(
        roots.isEmpty()
            ? "%s may not be reached: no directory is allowed (%s is empty)"
                .formatted(path, ENVIRONMENT)
            : "%s may not be reached: allowed are the directories under %s"
                .formatted(path, String.join(", ", roots.stream().map(Path::toString).toList())));
  }

  /** The path with the links of its existing part followed. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return absolute;
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    } catch (IOException e) {
      return absolute;
    }
  }
}
