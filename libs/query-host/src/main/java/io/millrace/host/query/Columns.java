package io.millrace.host.query;

import io.millrace.schemas.type.RowType;

/** Finds columns that a plan names. */
final class Columns {

  private Columns() {}

  static int index(RowType row, String column, String stream) {
    return row.indexOf(column)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "stream %s has no column %s; it has %s".formatted(stream, column, row)));
  }
}
