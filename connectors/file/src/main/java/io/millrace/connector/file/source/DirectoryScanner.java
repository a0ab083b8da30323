package io.millrace.connector.file.source;

import io.millrace.connector.AllowedDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the files to follow, the oldest first. */
final class DirectoryScanner {

  private static final String GZIP = ".gz";

  private final FileSourceConfig config;
  private final AllowedDirectories allowed;

  DirectoryScanner(FileSourceConfig config, AllowedDirectories allowed) {
    this.config = config;
    this.allowed = allowed;
  }

  /** All regular files in the directory, those that do not match included; none twice. */
  List<FoundFile> scan() throws IOException {
    List<FoundFile> found = new ArrayList<>();
    Set<String> inodes = new HashSet<>();
    int depth = config.recursive() ? Integer.MAX_VALUE : 1;
    try {
      Files.walkFileTree(
          config.directory(),
          EnumSet.noneOf(java.nio.file.FileVisitOption.class),
          depth,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              FoundFile candidate = file(file, attributes);
              if (candidate != null && inodes.add(candidate.inode())) {
                found.add(candidate);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException | UncheckedIOException e) {
      return List.of();
    }
    found.sort(
        Comparator.comparingLong(FoundFile::modifiedMillis)
            .thenComparing(f -> f.path().toString()));
    return found;
  }

  private FoundFile file(Path file, BasicFileAttributes attributes) {
    BasicFileAttributes real = attributes;
    if (attributes.isSymbolicLink()) {
      try {
        real = Files.readAttributes(file, BasicFileAttributes.class);
      } catch (IOException e) {
        return null;
      }
      if (allowed.refusal(file).isPresent()) {
        return null;
      }
    }
    if (!real.isRegularFile()) {
      return null;
    }
    Object key = real.fileKey();
    return new FoundFile(
        file,
        key == null ? file.toString() : key.toString(),
        real.size(),
        real.lastModifiedTime().toMillis(),
        matches(file));
  }

  private boolean matches(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith(".")) {
      return false;
    }
    if (config.path() != null) {
      String wanted = config.path().getFileName().toString();
      return file.getParent().equals(config.directory())
          && (name.equals(wanted)
              || name.startsWith(wanted + ".")
              || name.startsWith(wanted + "-"));
    }
    Path below = config.directory().relativize(file);
    if (matches(below, name)) {
      return true;
    }
    if (!name.endsWith(GZIP)) {
      return false;
    }
    String plain = name.substring(0, name.length() - GZIP.length());
    return matches(below.resolveSibling(plain), plain);
  }

  private boolean matches(Path below, String name) {
    return config.pattern().matches(below) || config.pattern().matches(Path.of(name));
  }
}
