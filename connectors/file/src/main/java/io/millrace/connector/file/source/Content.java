package io.millrace.connector.file.source;

import java.io.IOException;

/** The bytes of a file, uncompressed. Not thread-safe. */
interface Content extends AutoCloseable {

  /**
   * Reads bytes from a position.
   *
   * @return how many; 0 if there are none (any more, or yet)
   */
  int read(long position, byte[] target, int from, int length) throws IOException;

  /** Whether nothing can be added any more, so that its end is an end. */
  boolean complete();

  @Override
  void close() throws IOException;
}
