package io.millrace.connector.jdbc;

/** The statements for rows of one layout, made when first needed. */
final class TableWriter {

  private final Dialect dialect;
  private final Layout layout;
  private BatchWriter insert;
  private BatchWriter upsert;
  private BatchWriter delete;
  private BatchWriter deleteOne;

  TableWriter(Dialect dialect, Layout layout) {
    this.dialect = dialect;
    this.layout = layout;
  }

  Layout layout() {
    return layout;
  }

  BatchWriter statement(Change.Kind kind) {
    return switch (kind) {
      case INSERT -> insert == null ? insert = dialect.insertWriter(layout) : insert;
      case UPSERT -> upsert == null ? upsert = dialect.upsertWriter(layout) : upsert;
      case DELETE -> delete == null ? delete = dialect.deleteWriter(layout) : delete;
      case DELETE_ONE ->
          deleteOne == null ? deleteOne = dialect.deleteOneWriter(layout) : deleteOne;
    };
  }
}
