package io.millrace.connector.file.source;

import io.millrace.connector.file.FileErrorCode;

/** Takes what a reader finds in a file. */
interface RecordHandler {

  /**
   * An event.
   *
   * @param position where its record starts
   */
  void event(Object[] row, long position, long line);

  /** A record that is no event. */
  void refused(FileErrorCode code, String reason, byte[] original, long position, long line);
}
