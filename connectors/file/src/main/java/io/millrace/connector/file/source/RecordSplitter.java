package io.millrace.connector.file.source;

import java.nio.ByteOrder;
import java.nio.charset.Charset;

/** Finds where records end, in bytes of the file's charset. Stateless. */
final class RecordSplitter {

  /** The record's line break is not there yet. */
  static final int INCOMPLETE = -1;

  private final int width;
  private final boolean bigEndian;
  private final boolean quoting;
  private final int delimiter;
  private final int quote;

  private RecordSplitter(int width, boolean bigEndian, boolean quoting, int delimiter, int quote) {
    this.width = width;
    this.bigEndian = bigEndian;
    this.quoting = quoting;
    this.delimiter = delimiter;
    this.quote = quote;
  }

  /**
   * @param order of UTF-16; ignored for others
   */
  static RecordSplitter of(FileSourceConfig config, ByteOrder order) {
    return new RecordSplitter(
        width(config.charset()),
        order == ByteOrder.BIG_ENDIAN,
        config.format() == FileSourceConfig.Format.CSV,
        config.delimiter(),
        config.quote());
  }

  /** How many bytes a line break takes. */
  static int width(Charset charset) {
    return charset.name().startsWith("UTF-16") ? 2 : 1;
  }

  /** The same without quotes: a record is a line. */
  RecordSplitter lines() {
    return new RecordSplitter(width, bigEndian, false, delimiter, quote);
  }

  /**
   * Where the record that starts at {@code from} ends.
   *
   * @return the index after its line break, or {@link #INCOMPLETE}
   */
  int end(byte[] bytes, int from, int to) {
    if (width == 2) {
      return endOfUnits(bytes, from, to);
    }
    return quoting ? endQuoted(bytes, from, to) : endOfLine(bytes, from, to);
  }

  private static int endOfLine(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return INCOMPLETE;
  }

  private int endQuoted(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      // at the start of a value
      if (bytes[i] == quote) {
        i = afterQuotes(bytes, i + 1, to);
      }
      while (i < to && bytes[i] != '\n' && bytes[i] != delimiter) {
        i++;
      }
      if (i < to && bytes[i] == '\n') {
        return i + 1;
      }
      i++;
    }
    return INCOMPLETE;
  }

  private int afterQuotes(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (bytes[i] != quote) {
        i++;
      } else if (i + 1 < to && bytes[i + 1] == quote) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return to;
  }

  private int endOfUnits(byte[] bytes, int from, int to) {
    boolean quoted = false;
    boolean start = true;
    for (int i = from; i + 1 < to; i += 2) {
      int unit =
          bigEndian
              ? (bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF)
              : (bytes[i + 1] & 0xFF) << 8 | (bytes[i] & 0xFF);
      if (quoting && unit == quote && (quoted || start)) {
        quoted = !quoted;
        start = !quoted;
        continue;
      }
      if (!quoted && unit == '\n') {
        return i + 2;
      }
      start = !quoted && unit == delimiter;
    }
    return INCOMPLETE;
  }
}
