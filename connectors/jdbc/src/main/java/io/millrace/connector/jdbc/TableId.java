package io.millrace.connector.jdbc;

/**
 * The name of a table in the target.
 *
 * @param schema schema or database, or null for the connection's own
 */
record TableId(String schema, String name) {

  /** Reads {@code table} or {@code schema.table}. */
  static TableId parse(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new TableId(null, text)
        : new TableId(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public String toString() {
    return schema == null ? name : schema + "." + name;
  }
}
