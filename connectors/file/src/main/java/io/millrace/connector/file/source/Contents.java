package io.millrace.connector.file.source;

import java.io.IOException;

/** Reads whole stretches of a content. */
final class Contents {

  private Contents() {}

  /** Fills an array as far as there are bytes; returns how many. */
  static int readFully(Content content, long position, byte[] target) throws IOException {
    int length = 0;
    while (length < target.length) {
      int read = content.read(position + length, target, length, target.length - length);
      if (read == 0) {
        break;
      }
      length += read;
    }
    return length;
  }
}
