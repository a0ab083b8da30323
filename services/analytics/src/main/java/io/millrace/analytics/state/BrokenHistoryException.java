package io.millrace.analytics.state;

/** Journal and snapshots do not make a whole. */
final class BrokenHistoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenHistoryException(String message) {
    super(message);
  }
}
