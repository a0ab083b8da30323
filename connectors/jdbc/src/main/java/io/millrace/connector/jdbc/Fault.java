package io.millrace.connector.jdbc;

/** What a failed statement means for the batch it was part of. */
enum Fault {
  /** A row does not fit: too long, out of range, against a constraint. */
  ROW,
  /** Deadlock, serialization failure, lock time-out: the same transaction may well succeed. */
  TRANSIENT,
  /** The connection is gone or the server is not ready. */
  CONNECTION,
  /** The table is not as it was: dropped, or a column is missing. */
  SCHEMA,
  /** Nothing that trying again would change. */
  FATAL
}
