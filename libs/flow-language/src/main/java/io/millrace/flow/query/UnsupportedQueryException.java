package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;

/** A relational tree that is valid, but that has no branches. */
final class UnsupportedQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final Code code;

  private final String cache;

  UnsupportedQueryException(Code code, String message) {
    this(code, message, null);
  }

  UnsupportedQueryException(Code code, String message, String cache) {
    super(message);
    this.code = code;
    this.cache = cache;
  }

  /** The cache that it is about, or null. */
  String cache() {
    return cache;
  }

  Code code() {
    return code;
  }
}
