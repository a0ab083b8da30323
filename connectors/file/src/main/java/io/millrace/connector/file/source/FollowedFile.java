package io.millrace.connector.file.source;

import io.millrace.connector.file.source.parse.RecordParser;
import java.io.IOException;
import java.util.function.Supplier;

/** A file that is being followed, with its position. Not thread-safe. */
final class FollowedFile implements AutoCloseable {

  private final Head head;
  private final int slot;
  private FoundFile file;
  private int number;
  private FileOffset offset;
  private FileReader reader;
  private long drainedSize = -1;
  private long drainedModified = -1;
  private boolean gone;
  private boolean replaced;

  /**
   * @param number in its slot, or -1 while nothing was read of it
   * @param offset where to go on, or null for its beginning
   */
  FollowedFile(FoundFile file, Head head, int slot, int number, FileOffset offset) {
    this.file = file;
    this.head = head;
    this.slot = slot;
    this.number = number;
    this.offset = offset;
  }

  FoundFile file() {
    return file;
  }

  Head head() {
    return head;
  }

  int slot() {
    return slot;
  }

  int number() {
    return number;
  }

  void number(int assigned) {
    number = assigned;
  }

  FileOffset offset() {
    return offset;
  }

  /** Where the file is now; null when it is not in the directory any more. */
  void foundAs(FoundFile now) {
    gone = now == null;
    if (now != null) {
      file = now;
      replaced |= !now.compressed() && now.size() < position();
    }
  }

  boolean gone() {
    return gone;
  }

  /** Whether its inode holds other bytes now, so that this position is of no use there. */
  boolean replaced() {
    return replaced;
  }

  private long position() {
    return reader != null ? reader.position() : offset == null ? 0 : offset.position();
  }

  /** Looks whether the bytes before the position, or the head, are what they were. */
  boolean looksReplaced(int headLines) throws IOException {
    if (!replaced && !gone && !file.compressed()) {
      try (Content content = file.open()) {
        replaced =
            offset == null
                ? !head.equals(Head.of(content, headLines, true))
                : !offset.matches(content);
      }
    }
    return replaced;
  }

  /** Whether it may have grown since it was read to its end. */
  boolean worthReading() {
    if (replaced) {
      return false;
    }
    if (reader != null) {
      return true;
    }
    return !gone && (file.size() != drainedSize || file.modifiedMillis() != drainedModified);
  }

  boolean isOpen() {
    return reader != null;
  }

  long idleNanos() {
    return reader == null ? Long.MAX_VALUE : reader.idleNanos();
  }

  /** Reads on; returns how many events and refusals there were. */
  int read(FileSourceConfig config, Supplier<RecordParser> parsers, RecordHandler handler, int most)
      throws IOException {
    if (reader == null) {
      reader = new FileReader(config, parsers.get(), file.open(), head, offset);
    }
    int count = reader.read(handler, most);
    replaced |= reader.replaced();
    if (count > 0 || !reader.replaced()) {
      take(reader.mark());
    }
    return count;
  }

  private void take(FileReader.Mark mark) {
    if (mark.position() == 0) {
      return;
    }
    offset =
        new FileOffset(
            file.path().toString(),
            file.inode(),
            head,
            mark.position(),
            mark.line(),
            mark.tailLength(),
            mark.tail(),
            System.currentTimeMillis());
  }

  /** Lets go of the open file; it is opened again when it grows. */
  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
      drainedSize = file.size();
      drainedModified = file.modifiedMillis();
    }
  }
}
