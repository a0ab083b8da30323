package io.millrace.connector.cdc;

/**
 * Where a change stands in its database's log. Two changes of one log never share one.
 *
 * @param transaction identifies the transaction; null when the database gives none
 * @param file the log file; empty for a database with one log
 * @param offset the place in the file
 * @param row the row among those that share the place
 * @param ordinal the record among those of one row: a changed key gives a delete and a create
 */
record Position(String transaction, String file, long offset, int row, int ordinal) {

  private static final String SEPARATOR = "|";

  /** Whether both lie in one transaction, as far as the database tells. */
  boolean sameTransaction(Position other) {
    return transaction == null ? other.transaction == null : transaction.equals(other.transaction);
  }

  /** Whether the place is the same, whatever the record among those of one row. */
  boolean samePlace(Position other) {
    return offset == other.offset && row == other.row && file.equals(other.file);
  }

  /** Whether this stands at the other or before it; both in one log. */
  boolean isAtOrBefore(Position other) {
    int compared = compareFiles(file, other.file);
    if (compared == 0) {
      compared = Long.compare(offset, other.offset);
    }
    if (compared == 0) {
      compared = Integer.compare(row, other.row);
    }
    return compared == 0 ? ordinal <= other.ordinal : compared < 0;
  }

  /** Whether this stands before the place of another, whatever its row. */
  boolean isBeforePlace(Position other) {
    int compared = compareFiles(file, other.file);
    return compared == 0 ? offset < other.offset : compared < 0;
  }

  /** As it is kept with the source offset. */
  String text() {
    return String.join(
        SEPARATOR,
        transaction == null ? "" : transaction,
        file,
        Long.toString(offset),
        Integer.toString(row),
        Integer.toString(ordinal));
  }

  static Position parse(String text) {
    String[] parts = text.split("\\|", -1);
    return new Position(
        parts[0].isEmpty() ? null : parts[0],
        parts[1],
        Long.parseLong(parts[2]),
        Integer.parseInt(parts[3]),
        Integer.parseInt(parts[4]));
  }

  /** Log files are numbered; the number grows in length after 999999. */
  private static int compareFiles(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }
}
