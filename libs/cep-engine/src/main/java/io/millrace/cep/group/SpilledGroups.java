package io.millrace.cep.group;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The groups of an operator that are on disk; all of them were written down as they are there. */
final class SpilledGroups {

  private final GroupDisk disk;

  /** How many there are of each stretch. */
  private final TreeMap<Long, Long> sizes = new TreeMap<>();

  SpilledGroups(GroupDisk disk) {
    this.disk = disk;
  }

  void put(long stretch, byte[] key, byte[] content) {
    disk.put(stretch, key, content);
    sizes.merge(stretch, 1L, Long::sum);
  }

  /** Takes a group out: its content, or null when it is not there. */
  byte[] take(byte[] key) {
    for (Map.Entry<Long, Long> stretch : sizes.descendingMap().entrySet()) {
      byte[] content = disk.take(stretch.getKey(), key);
      if (content != null) {
        sizes.computeIfPresent(stretch.getKey(), (s, size) -> size == 1 ? null : size - 1);
        return content;
      }
    }
    return null;
  }

  /**
   * Takes out what is not remembered for any longer.
   *
   * @param keys takes theirs
   */
  void forget(Retention retention, Consumer<byte[]> keys) {
    while (!sizes.isEmpty() && !retention.keeps(sizes.firstKey())) {
      disk.forget(sizes.firstKey(), keys);
      sizes.pollFirstEntry();
    }
  }

  long size() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  void close() {
    disk.close();
  }
}
