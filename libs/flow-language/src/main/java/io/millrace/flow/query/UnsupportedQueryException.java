package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;

/** A relational tree that is valid, but that has no branches. */
final class UnsupportedQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final Code code;

  UnsupportedQueryException(Code code, String message) {
    super(message);
    this.code = code;
  }

  Code code() {
    return code;
  }
}
