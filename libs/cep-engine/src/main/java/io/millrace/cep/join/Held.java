package io.millrace.cep.join;

/** A row that waits for partners. */
final class Held {

  /** Null when the row needs no partner any more. */
  Object[] row;

  final long time;

  /** Rows of equal time are in order of arrival. */
  final long number;

  /** Where it is held; null for a row that matches nothing. */
  final KeyRows key;

  boolean matched;

  Held(Object[] row, long time, long number, KeyRows key) {
    this.row = row;
    this.time = time;
    this.number = number;
    this.key = key;
  }

  boolean before(Held other) {
    return time != other.time ? time < other.time : number < other.number;
  }
}
