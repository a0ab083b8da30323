package io.millrace.connector.file.source.parse;

import io.millrace.connector.file.FileErrorCode;

/** A record is no event; the message says why and names the column where one is at fault. */
public final class ParseException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final FileErrorCode code;

  ParseException(FileErrorCode code, String message) {
    // No stack trace: a file may hold millions of bad lines.
    super(message, null, false, false);
    this.code = code;
  }

  static ParseException unparsable(String message) {
    return new ParseException(FileErrorCode.UNPARSABLE_LINE, message);
  }

  static ParseException unfit(String column, String message) {
    return new ParseException(
        FileErrorCode.VALUE_DOES_NOT_FIT, "column %s: %s".formatted(column, message));
  }

  public FileErrorCode code() {
    return code;
  }
}
