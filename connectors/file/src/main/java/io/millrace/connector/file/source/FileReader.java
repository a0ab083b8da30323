package io.millrace.connector.file.source;

import io.millrace.connector.file.FileErrorCode;
import io.millrace.connector.file.source.parse.ParseException;
import io.millrace.connector.file.source.parse.RecordParser;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one file, record by record, as it grows. Keeps the last {@value FileOffset#TAIL} bytes it
 * has read and compares them whenever it reads on: what stands there now has to be what stood there
 * then. Not thread-safe.
 */
final class FileReader implements AutoCloseable {

  private static final int SMALL = 1 << 16;
  private static final int LARGE = 1 << 20;
  private static final int BYTE_ORDER_MARK = 3;

  /** After how long without growth a quote that was opened counts as never to be closed. */
  private static final long OPEN_QUOTE_NANOS = 30_000_000_000L;

  private final FileSourceConfig config;
  private final RecordParser parser;
  private final Content content;
  private final boolean verifies;
  private final Charset charset;
  private final int width;
  private final RecordSplitter splitter;
  private final RecordSplitter lines;

  // buffer[0, begin) was consumed, of which the last bytes are kept; [begin, end) was not
  private byte[] buffer = new byte[SMALL];
  private int begin;
  private int end;

  private long position;
  private long line;
  private long readTo;
  private byte[] oversized;
  private Mark oversizedMark;
  private boolean replaced;
  private long grownAt = System.nanoTime();

  /** Where the next record starts, with what stands before it. */
  record Mark(long position, long line, int tailLength, int tail) {}

  /**
   * @param head what the file has to begin with if it is read from its beginning; null for anything
   * @param from where to go on, or null for the beginning
   */
  FileReader(
      FileSourceConfig config, RecordParser parser, Content content, Head head, FileOffset from)
      throws IOException {
    this.config = config;
    this.parser = parser;
    this.content = content;
    this.verifies = content instanceof PlainContent;
    byte[] start = new byte[BYTE_ORDER_MARK];
    int length = content.read(0, start, 0, start.length);
    ByteOrder order = order(config.charset(), start, length);
    this.charset = utf16(config.charset(), order);
    this.width = RecordSplitter.width(config.charset());
    this.splitter = RecordSplitter.of(config, order);
    this.lines = splitter.lines();
    int mark = byteOrderMark(start, length);
    if (from == null) {
      position = 0;
      line = 1;
      readTo = 0;
      begin(head, mark);
    } else {
      readHeader(mark);
      position = from.position();
      line = from.line();
      begin = from.tailLength();
      end = begin;
      readTo = position;
      int read = readFully(position - begin, begin);
      replaced = read < begin || Head.checksum(buffer, 0, begin) != from.tail();
    }
  }

  private void begin(Head head, int mark) throws IOException {
    int length = Math.max(mark, head == null ? 0 : head.length());
    int read = readFully(0, length);
    replaced =
        read < length
            || (head != null && Head.checksum(buffer, 0, head.length()) != head.checksum());
    begin = mark;
    end = read;
    readTo = read;
    position = mark;
  }

  private int readFully(long at, int length) throws IOException {
    int read = 0;
    while (read < length) {
      int more = content.read(at + read, buffer, read, length - read);
      if (more == 0) {
        break;
      }
      read += more;
    }
    return read;
  }

  private static ByteOrder order(Charset charset, byte[] start, int length) {
    if (charset.name().equals("UTF-16LE")) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    boolean little = length >= 2 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE;
    return charset.name().equals("UTF-16") && little
        ? ByteOrder.LITTLE_ENDIAN
        : ByteOrder.BIG_ENDIAN;
  }

  private static Charset utf16(Charset charset, ByteOrder order) {
    if (!charset.name().startsWith("UTF-16")) {
      return charset;
    }
    return order == ByteOrder.LITTLE_ENDIAN ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  private int byteOrderMark(byte[] start, int length) {
    if (width == 2) {
      boolean little = length >= 2 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE;
      boolean big = length >= 2 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF;
      return little || big ? 2 : 0;
    }
    return charset.equals(StandardCharsets.UTF_8)
            && length == BYTE_ORDER_MARK
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF
        ? BYTE_ORDER_MARK
        : 0;
  }

  /** A file that is read on in its middle has its header at its beginning all the same. */
  private void readHeader(int mark) throws IOException {
    if (!hasHeader()) {
      return;
    }
    int length = 0;
    while (true) {
      int read = content.read(length, buffer, length, buffer.length - length);
      length += read;
      int stop = splitter.end(buffer, mark, length);
      if (stop != RecordSplitter.INCOMPLETE) {
        begin = mark;
        header(stop);
        begin = 0;
        return;
      }
      if (read == 0 || length >= config.maxRecordSize()) {
        return;
      }
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
  }

  private boolean hasHeader() {
    return config.header() && config.format() == FileSourceConfig.Format.CSV;
  }

  /** Whether other bytes stand where the last ones were read: truncated, or written anew. */
  boolean replaced() {
    return replaced;
  }

  /** Where the next record starts. */
  Mark mark() {
    if (oversizedMark != null) {
      return oversizedMark;
    }
    int length = Math.min(begin, FileOffset.TAIL);
    return new Mark(position, line, length, Head.checksum(buffer, begin - length, length));
  }

  long position() {
    return position;
  }

  /** How long ago the file was last seen to grow, in nanoseconds. */
  long idleNanos() {
    return System.nanoTime() - grownAt;
  }

  /**
   * Hands over the records that are there.
   *
   * @param most how many events and refusals at most
   * @return how many
   */
  int read(RecordHandler handler, int most) throws IOException {
    int count = 0;
    while (count < most && !replaced) {
      int stop =
          oversized == null ? splitter.end(buffer, begin, end) : lines.end(buffer, begin, end);
      if (oversized == null
          && (stop == RecordSplitter.INCOMPLETE ? end : stop) - begin > config.maxRecordSize()) {
        stop = cut();
      }
      if (stop == RecordSplitter.INCOMPLETE && oversized != null) {
        drop();
      }
      if (stop == RecordSplitter.INCOMPLETE && !fill()) {
        stop = unterminated();
        if (stop == RecordSplitter.INCOMPLETE) {
          break;
        }
      }
      if (stop != RecordSplitter.INCOMPLETE) {
        count += record(stop, handler);
      }
    }
    return count;
  }

  /** Forgets what was read of a record that is too long, but for its last bytes. */
  private void drop() {
    int keep = end - (width == 2 ? (end - begin) % 2 : 0);
    begin = keep;
  }

  /** A record that is too long ends with its first line, which is refused if that is too long. */
  private int cut() {
    int stop = lines.end(buffer, begin, begin + config.maxRecordSize());
    if (stop != RecordSplitter.INCOMPLETE) {
      return stop;
    }
    oversizedMark = mark();
    oversized = Arrays.copyOfRange(buffer, begin, begin + config.maxRecordSize());
    return lines.end(buffer, begin, end);
  }

  /** What the rest of the file is when nothing follows for now. */
  private int unterminated() {
    if (end == begin && oversized == null) {
      return RecordSplitter.INCOMPLETE;
    }
    long idle = idleNanos();
    boolean late = !config.completeAfter().isZero() && idle >= config.completeAfter().toNanos();
    if (content.complete() || late) {
      return end;
    }
    return idle >= OPEN_QUOTE_NANOS && oversized == null
        ? lines.end(buffer, begin, end)
        : RecordSplitter.INCOMPLETE;
  }

  private boolean fill() throws IOException {
    makeRoom();
    int check = verifies ? Math.min(end, FileOffset.TAIL) : 0;
    byte[] expected = Arrays.copyOfRange(buffer, end - check, end);
    int room = buffer.length - end;
    int read = content.read(readTo - check, buffer, end - check, room + check);
    if (read < check || !Arrays.equals(expected, 0, check, buffer, end - check, end)) {
      System.arraycopy(expected, 0, buffer, end - check, check);
      replaced = true;
      return false;
    }
    int more = read - check;
    if (more == 0) {
      return false;
    }
    end += more;
    readTo += more;
    grownAt = System.nanoTime();
    if (more == room && buffer.length < LARGE) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    return true;
  }

  private void makeRoom() {
    int keep = Math.min(begin, FileOffset.TAIL);
    int from = begin - keep;
    if (from > 0 && (end == begin || buffer.length - end < buffer.length / 2)) {
      System.arraycopy(buffer, from, buffer, 0, end - from);
      begin -= from;
      end -= from;
    }
    if (buffer.length - end < SMALL / 2) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  private int record(int stop, RecordHandler handler) {
    int count = oversized == null ? whole(stop, handler) : tooLong(handler);
    line += lineBreaks(begin, stop);
    begin = stop;
    position = readTo - (end - begin);
    return count;
  }

  private int tooLong(RecordHandler handler) {
    handler.refused(
        FileErrorCode.UNPARSABLE_LINE,
        "the line is longer than %d bytes (max_record_size)".formatted(config.maxRecordSize()),
        oversized,
        position,
        line);
    oversized = null;
    oversizedMark = null;
    return 1;
  }

  private int whole(int stop, RecordHandler handler) {
    int to = withoutLineBreak(stop);
    if (to == begin) {
      return 0;
    }
    byte[] bytes = buffer;
    int from = begin;
    if (!charset.equals(StandardCharsets.UTF_8)) {
      bytes = new String(buffer, begin, to - begin, charset).getBytes(StandardCharsets.UTF_8);
      from = 0;
      to = bytes.length;
    }
    if (line == 1 && hasHeader()) {
      header(stop);
      return 0;
    }
    try {
      handler.event(parser.parse(bytes, from, to), position, line);
    } catch (ParseException e) {
      refuse(handler, e.code(), e.getMessage(), stop);
    } catch (IllegalArgumentException e) {
      refuse(handler, FileErrorCode.VALUE_DOES_NOT_FIT, e.getMessage(), stop);
    }
    return 1;
  }

  private void refuse(RecordHandler handler, FileErrorCode code, String reason, int stop) {
    byte[] original = Arrays.copyOfRange(buffer, begin, withoutLineBreak(stop));
    handler.refused(code, reason, original, position, line);
  }

  private void header(int stop) {
    int to = withoutLineBreak(stop);
    byte[] bytes = new String(buffer, begin, to - begin, charset).getBytes(StandardCharsets.UTF_8);
    try {
      parser.header(bytes, 0, bytes.length);
    } catch (ParseException e) {
      // then no record will parse, and each says so
    }
  }

  private int withoutLineBreak(int stop) {
    int to = stop;
    if (to - width >= begin && unit(to - width) == '\n') {
      to -= width;
    }
    if (to - width >= begin && unit(to - width) == '\r') {
      to -= width;
    }
    return to;
  }

  private int unit(int at) {
    if (width == 1) {
      return buffer[at];
    }
    return charset.equals(StandardCharsets.UTF_16LE)
        ? (buffer[at + 1] & 0xFF) << 8 | (buffer[at] & 0xFF)
        : (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
  }

  private int lineBreaks(int from, int to) {
    if (config.format() != FileSourceConfig.Format.CSV || width == 2) {
      return 1;
    }
    int count = 0;
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        count++;
      }
    }
    return Math.max(count, 1);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
