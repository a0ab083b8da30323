package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;

/** A relational tree that is valid, but that has no branches. */
final class UnsupportedQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private final Code code;

  private final String cache;
  private final Place place;

  /** The part of a query that a fault is about. */
  enum Place {
    QUERY,
    JOIN,
    OVER,
    WINDOW,
    GROUP,
    MATCH
  }

  UnsupportedQueryException(Code code, String message) {
    this(code, message, null);
  }

  UnsupportedQueryException(Code code, String message, String cache) {
    this(code, message, cache, Place.QUERY);
  }

  private UnsupportedQueryException(Code code, String message, String cache, Place place) {
    super(message);
    this.code = code;
    this.cache = cache;
    this.place = place;
  }

  /** The same, about a part of the query unless it is already about one. */
  UnsupportedQueryException at(Place part) {
    if (place != Place.QUERY) {
      return this;
    }
    UnsupportedQueryException moved =
        new UnsupportedQueryException(code, getMessage(), cache, part);
    moved.setStackTrace(getStackTrace());
    return moved;
  }

  Place place() {
    return place;
  }

  /** The cache that it is about, or null. */
  String cache() {
    return cache;
  }

  Code code() {
    return code;
  }
}
