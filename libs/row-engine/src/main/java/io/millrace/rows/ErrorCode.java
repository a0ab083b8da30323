package io.millrace.rows;

/** The kinds of failure that a value can cause. */
public enum ErrorCode {
  /** A number is too large for the type of its expression. */
  OVERFLOW,
  DIVISION_BY_ZERO,
  /** A value cannot be read as the type it is cast to. */
  BAD_CAST,
  /** A function was given a value outside its domain. */
  BAD_ARGUMENT,
  BAD_JSON,
  /** A pattern has more matches open than its limit allows. */
  OPEN_MATCHES,
  /** The column that an event's time is taken from is NULL. */
  NO_EVENT_TIME,
  /** A row does not have the layout or the types of its stream. */
  MALFORMED_ROW
}
