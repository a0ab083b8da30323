package io.millrace.connector.kafka.source;

/** A record is no event; the message says why and names the column where one is at fault. */
final class UnparsableException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final String code;

  private UnparsableException(String code, String message) {
    // No stack trace: a topic may hold millions of bad records.
    super(message, null, false, false);
    this.code = code;
  }

  static UnparsableException record(String message) {
    return new UnparsableException("UNPARSABLE_RECORD", message);
  }

  static UnparsableException column(String column, String message) {
    return new UnparsableException(
        "VALUE_DOES_NOT_FIT", "column %s: %s".formatted(column, message));
  }

  String code() {
    return code;
  }
}
