package io.millrace.connector.file.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The position in one file, as it is stored in the source offsets under {@code {slot, file}}. Files
 * of a slot are numbered from 0 without gaps, so that a task can find them all again.
 *
 * @param path where the file was, for a person
 * @param inode the file system's identity of the file
 * @param head what it begins with
 * @param position the offset of the next record, in uncompressed bytes
 * @param line the number of the next line, from 1
 * @param tailLength how many bytes before the position the checksum covers
 * @param tail their CRC-32C; tells whether another file's bytes are there now
 * @param seenAt milliseconds since the epoch
 */
record FileOffset(
    String path,
    String inode,
    Head head,
    long position,
    long line,
    int tailLength,
    int tail,
    long seenAt) {

  /** The most bytes that a tail covers. */
  static final int TAIL = 64;

  static Map<String, Long> partition(int slot, int file) {
    // sorted: Kafka Connect finds a position by the bytes of this map, written in its order, and
    // the order of Map.of is another in every JVM
    return new TreeMap<>(Map.of("slot", (long) slot, "file", (long) file));
  }

  /** Whether a file holds before this position what was there when it was taken. */
  boolean matches(Content content) throws IOException {
    byte[] bytes = new byte[tailLength];
    int read = Contents.readFully(content, position - tailLength, bytes);
    return read == tailLength && Head.checksum(bytes, 0, read) == tail;
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new HashMap<>();
    map.put("path", path);
    map.put("inode", inode);
    map.put("head_length", (long) head.length());
    map.put("head", (long) head.checksum());
    map.put("position", position);
    map.put("line", line);
    map.put("tail_length", (long) tailLength);
    map.put("tail", (long) tail);
    map.put("seen_at", seenAt);
    return map;
  }

  static FileOffset of(Map<String, Object> map) {
    return new FileOffset(
        (String) map.get("path"),
        (String) map.get("inode"),
        new Head((int) number(map, "head_length"), (int) number(map, "head")),
        number(map, "position"),
        number(map, "line"),
        (int) number(map, "tail_length"),
        (int) number(map, "tail"),
        number(map, "seen_at"));
  }

  private static long number(Map<String, Object> map, String name) {
    return ((Number) map.get(name)).longValue();
  }
}
