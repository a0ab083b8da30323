package io.millrace.connector.file.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that one task follows: finds out, scan by scan, which of the files in the directory are
 * new, which are known ones under another name, which are copies of a file that is still being
 * read, and which belong to other tasks. Not thread-safe.
 */
final class FileTable implements AutoCloseable {

  /** A file's head decides on its slot; the slots are shared out to the tasks. */
  static final int SLOTS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(FileTable.class);
  private static final int BATCH = 64;
  private static final int MOST_POSITIONS = 2000;
  private static final int COMPARED = 1 << 20;
  private static final long KEEP_OPEN_NANOS = 30_000_000_000L;
  private static final long DRAINED_NANOS = 5_000_000_000L;

  private final FileSourceConfig config;
  private final DirectoryScanner scanner;
  private final Set<Integer> slots;
  private final Map<String, FollowedFile> followed = new LinkedHashMap<>();
  private final Map<String, Passed> passed = new HashMap<>();
  private final Map<Integer, Map<Integer, FileOffset>> positions = new HashMap<>();

  /** A file that is not followed as things stand; looked at again when it changes. */
  private record Passed(long size, long modifiedMillis, boolean copy) {}

  FileTable(
      FileSourceConfig config,
      DirectoryScanner scanner,
      Collection<Integer> slots,
      OffsetStorageReader offsets) {
    this.config = config;
    this.scanner = scanner;
    this.slots = Set.copyOf(slots);
    slots.forEach(slot -> positions.put(slot, load(slot, offsets)));
  }

  private static Map<Integer, FileOffset> load(int slot, OffsetStorageReader offsets) {
    Map<Integer, FileOffset> found = new HashMap<>();
    while (true) {
      List<Map<String, Long>> partitions = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        partitions.add(FileOffset.partition(slot, found.size() + i));
      }
      Map<Map<String, Long>, Map<String, Object>> stored = offsets.offsets(partitions);
      for (Map<String, Long> partition : partitions) {
        Map<String, Object> offset = stored.get(partition);
        if (offset == null) {
          return found;
        }
        found.put(found.size(), FileOffset.of(offset));
      }
    }
  }

  /** The files to read, the oldest first. */
  List<FollowedFile> files() {
    return followed.values().stream()
        .sorted(Comparator.comparingLong(f -> f.file().modifiedMillis()))
        .toList();
  }

  /** How many files are open. */
  long openFiles() {
    return followed.values().stream().filter(FollowedFile::isOpen).count();
  }

  /** Gives a file that is read for the first time its number. */
  void register(FollowedFile file) {
    if (file.number() >= 0) {
      return;
    }
    Map<Integer, FileOffset> known = positions.get(file.slot());
    file.number(known.size() < MOST_POSITIONS ? known.size() : oldestUnused(file.slot()));
    known.put(file.number(), null);
  }

  private int oldestUnused(int slot) {
    Set<Integer> used = new HashSet<>();
    followed.values().stream().filter(f -> f.slot() == slot).forEach(f -> used.add(f.number()));
    return positions.get(slot).entrySet().stream()
        .filter(e -> !used.contains(e.getKey()) && e.getValue() != null)
        .min(Comparator.comparingLong(e -> e.getValue().seenAt()))
        .map(Map.Entry::getKey)
        .orElse(positions.get(slot).size());
  }

  /** Keeps in mind how far a file was read. */
  void moved(FollowedFile file) {
    if (file.number() >= 0) {
      positions.get(file.slot()).put(file.number(), file.offset());
    }
  }

  /** Looks at the directory. */
  void scan() throws IOException {
    List<FoundFile> found = scanner.scan();
    Map<String, FoundFile> byInode = new HashMap<>();
    found.forEach(f -> byInode.put(f.inode(), f));
    passed.keySet().retainAll(byInode.keySet());
    for (FollowedFile file : List.copyOf(followed.values())) {
      file.foundAs(byInode.get(file.file().inode()));
      if (file.replaced()) {
        LOG.info("{} was truncated or written anew", file.file().path());
        letGo(file);
      } else if (file.gone() && (!file.isOpen() || file.idleNanos() > DRAINED_NANOS)) {
        letGo(file);
      } else if (file.isOpen() && file.idleNanos() > KEEP_OPEN_NANOS) {
        file.close();
      }
    }
    List<FoundFile> unknown = new ArrayList<>();
    for (FoundFile file : found) {
      if (!followed.containsKey(file.inode()) && changed(file)) {
        unknown.add(file);
      }
    }
    // A file that kept its inode is itself; what looks like it then is a copy.
    Set<String> inodes = knownInodes();
    unknown.sort(Comparator.comparing(f -> !inodes.contains(f.inode())));
    for (FoundFile file : unknown) {
      try {
        meet(file);
      } catch (IOException e) {
        LOG.debug("{} cannot be read now", file.path(), e);
      }
    }
  }

  private Set<String> knownInodes() {
    Set<String> inodes = new HashSet<>();
    for (Map<Integer, FileOffset> slot : positions.values()) {
      slot.values().stream().filter(o -> o != null).forEach(o -> inodes.add(o.inode()));
    }
    return inodes;
  }

  private boolean changed(FoundFile file) {
    Passed before = passed.get(file.inode());
    return before == null
        || before.copy()
        || before.size() != file.size()
        || before.modifiedMillis() != file.modifiedMillis();
  }

  private void letGo(FollowedFile file) throws IOException {
    followed.remove(file.file().inode());
    file.close();
  }

  private void meet(FoundFile file) throws IOException {
    try (Content content = file.open()) {
      Head head = Head.of(content, config.headLines(), asItIs(file));
      if (head == null) {
        return;
      }
      int slot = Math.floorMod(head.checksum(), SLOTS);
      boolean copy = false;
      if (slots.contains(slot)) {
        copy = isCopyOfFollowed(file, content, head, slot);
        if (!copy && follow(file, content, head, slot)) {
          passed.remove(file.inode());
          return;
        }
      }
      Passed before =
          passed.put(file.inode(), new Passed(file.size(), file.modifiedMillis(), copy));
      if (copy && before == null) {
        LOG.info("{} is taken for a copy of a file that is being read", file.path());
      }
    }
  }

  /** A file without a whole line has a head once its last line counts as complete. */
  private boolean asItIs(FoundFile file) {
    return !config.completeAfter().isZero()
        && System.currentTimeMillis() - file.modifiedMillis() >= config.completeAfter().toMillis();
  }

  private boolean follow(FoundFile file, Content content, Head head, int slot) throws IOException {
    Integer number = positionOf(file, content, head, slot);
    if (number != null) {
      FileOffset offset = positions.get(slot).get(number);
      followed.put(file.inode(), new FollowedFile(file, head, slot, number, offset));
      return true;
    }
    if (file.wanted()) {
      followed.put(file.inode(), new FollowedFile(file, head, slot, -1, null));
      return true;
    }
    return false;
  }

  /** The number of the position that belongs to this file's content, or null. */
  private Integer positionOf(FoundFile file, Content content, Head head, int slot)
      throws IOException {
    Set<Integer> used = new HashSet<>();
    followed.values().stream().filter(f -> f.slot() == slot).forEach(f -> used.add(f.number()));
    List<Map.Entry<Integer, FileOffset>> candidates =
        positions.get(slot).entrySet().stream()
            .filter(e -> e.getValue() != null && e.getValue().head().equals(head))
            .filter(e -> !used.contains(e.getKey()))
            .sorted(
                Comparator.comparing((Map.Entry<Integer, FileOffset> e) ->
                        !e.getValue().inode().equals(file.inode()))
                    .thenComparing(e -> -e.getValue().position()))
            .toList();
    for (Map.Entry<Integer, FileOffset> candidate : candidates) {
      if (candidate.getValue().matches(content)) {
        return candidate.getKey();
      }
    }
    return null;
  }

  private boolean isCopyOfFollowed(FoundFile file, Content content, Head head, int slot)
      throws IOException {
    for (FollowedFile other : followed.values()) {
      // What is different because the other was replaced just now may have been its copy.
      if (other.slot() == slot
          && other.head().equals(head)
          && (isCopy(file, content, other) || other.looksReplaced(config.headLines()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether all of a file, or as much as is compared, stands in another one that is followed. */
  private static boolean isCopy(FoundFile file, Content content, FollowedFile other)
      throws IOException {
    if (other.gone()) {
      // It may have become this one; that is decided when it is let go.
      return true;
    }
    if (!file.compressed() && !other.file().compressed() && file.size() > other.file().size()) {
      return false;
    }
    byte[] mine = new byte[COMPARED];
    byte[] its = new byte[COMPARED];
    try (Content theirs = other.file().open()) {
      int length = Contents.readFully(content, 0, mine);
      int most = Contents.readFully(theirs, 0, its);
      return length <= most && Arrays.equals(mine, 0, length, its, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    for (FollowedFile file : followed.values()) {
      file.close();
    }
    followed.clear();
  }
}
