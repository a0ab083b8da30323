package io.millrace.connector.cdc;

/**
 * A place in a database's log.
 *
 * @param file the log file; empty for a database with one log
 * @param offset the place in the file
 * @param row the row among those that share the place
 */
record Position(String file, long offset, int row) {

  private static final String SEPARATOR = "|";

  /** Whether this stands before the place of another, whatever its row. */
  boolean isBefore(Position other) {
    int compared = compareFiles(file, other.file);
    return compared == 0 ? offset < other.offset : compared < 0;
  }

  /** As it is kept with the source offset. */
  String text() {
    return file + SEPARATOR + offset;
  }

  static Position parse(String text) {
    int separator = text.lastIndexOf(SEPARATOR);
    return new Position(
        text.substring(0, separator), Long.parseLong(text.substring(separator + 1)), 0);
  }

  /** Log files are numbered; the number grows in length after 999999. */
  private static int compareFiles(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }
}
