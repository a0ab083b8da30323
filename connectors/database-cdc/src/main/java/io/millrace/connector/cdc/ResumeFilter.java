package io.millrace.connector.cdc;

/**
 * Knows, while a transaction is read again after a restart, which of its changes were written
 * before. Only the transaction of the last written change is read again: it is where the log is
 * taken up.
 */
final class ResumeFilter {

  private final Position written;

  ResumeFilter(Position written) {
    this.written = written;
  }

  boolean isWritten(Position change) {
    return change.sameTransaction(written) && change.isAtOrBefore(written);
  }
}
