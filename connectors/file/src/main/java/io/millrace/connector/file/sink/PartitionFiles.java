package io.millrace.connector.file.sink;

import io.millrace.connector.file.FileErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one partition by name, and the claim on them: in the directory {@code
 * BASE-current-ID.csv}, which grows, and {@code BASE-FIRST-LAST.csv}, which are published; in
 * {@code .millrace} beside them the journals, what has been taken over from others, what is about
 * to be published, and who owns the partition. An ID is an owner and a number.
 */
final class PartitionFiles {

  private static final String HIDDEN = ".millrace";

  private final Path directory;
  private final Path hidden;
  private final String base;
  private final String owner = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private final Pattern published;
  private final Pattern current;
  private final Pattern taken;
  private final Pattern sealed;
  private int count;

  /** A file of an owner, known by its ID. */
  record Owned(String id, String extension, Path path) {}

  PartitionFiles(Path directory, String base) {
    this.directory = directory;
    this.hidden = directory.resolve(HIDDEN);
    this.base = base;
    String quoted = Pattern.quote(base);
    this.published = Pattern.compile(quoted + "-(\\d{20})-(\\d{20})\\..*");
    this.current = Pattern.compile(quoted + "-current-([0-9a-f]+-\\d+)(\\..*)");
    this.taken = Pattern.compile(quoted + "\\.([0-9a-f]+-\\d+)(\\..*)\\.taken-[0-9a-f]+");
    this.sealed = Pattern.compile(quoted + "\\.([0-9a-f]+-\\d+)(\\..*)\\.sealed");
  }

  /** Makes the directories and declares whoever had the partition before gone. */
  void claim() throws IOException {
    Files.createDirectories(hidden);
    Path temporary = hidden.resolve(base + ".owner-" + owner);
    try {
      Files.writeString(temporary, owner, StandardCharsets.UTF_8);
      move(temporary, ownerFile());
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Throws when another task has claimed the partition since. */
  void requireOwner() throws IOException {
    String claimed = Files.readString(ownerFile(), StandardCharsets.UTF_8);
    if (!claimed.equals(owner)) {
      throw fenced();
    }
  }

  RuntimeException fenced() {
    return FileErrorCode.FENCED.exception("another task writes the files " + base + "-*");
  }

  private Path ownerFile() {
    return hidden.resolve(base + ".owner");
  }

  String nextId() {
    return owner + "-" + ++count;
  }

  /** The same for whoever writes the file that begins at an offset. */
  String fileId(long from) {
    return base + "@" + from;
  }

  Path current(String id, String extension) {
    return directory.resolve(base + "-current-" + id + extension);
  }

  Path taken(Owned file) {
    return hidden.resolve(base + "." + file.id() + file.extension() + ".taken-" + owner);
  }

  Path sealed(String id, String extension) {
    return hidden.resolve(base + "." + id + extension + ".sealed");
  }

  Path journal(String id) {
    return hidden.resolve(base + "." + id + ".journal");
  }

  Path temporary(String id) {
    return hidden.resolve(base + "." + id + ".tmp");
  }

  Path published(long first, long last, String extension) {
    return directory.resolve("%s-%020d-%020d%s".formatted(base, first, last, extension));
  }

  List<Owned> currents() throws IOException {
    return owned(directory, current);
  }

  List<Owned> takens() throws IOException {
    return owned(hidden, taken);
  }

  List<Owned> sealeds() throws IOException {
    return owned(hidden, sealed);
  }

  private static List<Owned> owned(Path where, Pattern pattern) throws IOException {
    List<Owned> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(where)) {
      for (Path path : files) {
        Matcher matcher = pattern.matcher(path.getFileName().toString());
        if (matcher.matches()) {
          found.add(new Owned(matcher.group(1), matcher.group(2), path));
        }
      }
    }
    return found;
  }

  /** The IDs that have a journal. */
  List<String> journals() throws IOException {
    return hidden(".journal");
  }

  /** Removes what a task that is gone has left half done. */
  void sweepTemporaries() throws IOException {
    for (String ending : List.of(".tmp", ".journal.tmp", ".gz.tmp")) {
      for (String id : hidden(ending)) {
        if (!id.startsWith(owner)) {
          Files.deleteIfExists(hidden.resolve(base + "." + id + ending));
        }
      }
    }
  }

  private List<String> hidden(String ending) throws IOException {
    List<String> ids = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(hidden)) {
      for (Path path : files) {
        String name = path.getFileName().toString();
        if (name.startsWith(base + ".") && name.endsWith(ending)) {
          String id = name.substring(base.length() + 1, name.length() - ending.length());
          if (id.matches("[0-9a-f]+-\\d+")) {
            ids.add(id);
          }
        }
      }
    }
    return ids;
  }

  /** The offset after the last published record, or -1. */
  long publishedNext() throws IOException {
    long next = -1;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path path : files) {
        Matcher matcher = published.matcher(path.getFileName().toString());
        if (matcher.matches()) {
          next = Math.max(next, Long.parseLong(matcher.group(2)) + 1);
        }
      }
    }
    return next;
  }

  /** Makes names durable; where a directory cannot be synced, that is left to the file system. */
  void syncDirectories() {
    for (Path path : List.of(directory, hidden)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // not every file system has it
      }
    }
  }

  /** Renames at once or not at all; false if the file is not there any more. */
  static boolean move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
