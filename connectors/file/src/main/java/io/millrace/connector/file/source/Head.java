package io.millrace.connector.file.source;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * What a file begins with: its first line, or lines where the first is a header; at most {@value
 * #MOST} bytes.
 *
 * @param length in bytes
 * @param checksum CRC-32C of the bytes
 */
record Head(int length, int checksum) {

  static final int MOST = 1024;

  /** The head of a file, or null while it is not complete. */
  static Head of(Content content, int lines, boolean asItIs) throws IOException {
    byte[] bytes = new byte[MOST];
    int length = 0;
    while (length < MOST) {
      int read = content.read(length, bytes, length, MOST - length);
      if (read == 0) {
        break;
      }
      length += read;
    }
    int left = lines;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n' && --left == 0) {
        return of(bytes, i + 1);
      }
    }
    boolean enough = length == MOST || (length > 0 && (asItIs || content.complete()));
    return enough ? of(bytes, length) : null;
  }

  private static Head of(byte[] bytes, int length) {
    return new Head(length, checksum(bytes, 0, length));
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
