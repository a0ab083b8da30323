package io.millrace.connector.jdbc;

import io.millrace.connector.sink.SinkInput;

/**
 * What one event does to one row of the target.
 *
 * @param row laid out as the writer's layout
 * @param previous the change of the same row that this one replaced within the batch, or null; it
 *     counts again if the target refuses this one
 */
record Change(SinkInput input, Kind kind, TableWriter writer, Object[] row, Change previous) {

  /** What is done. */
  enum Kind {
    INSERT,
    UPSERT,
    DELETE,
    /** One row of the same values in all columns, in a table without a key. */
    DELETE_ONE
  }

  Change after(Change earlier) {
    return new Change(input, kind, writer, row, earlier);
  }
}
