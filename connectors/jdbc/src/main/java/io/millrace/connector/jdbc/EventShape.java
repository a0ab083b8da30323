package io.millrace.connector.jdbc;

import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.RowType;

/**
 * What is done with events of one schema from one topic.
 *
 * @param changes whether they are changes of a captured table
 * @param upserts whether rows are identified by a key
 * @param json writes the event for a person
 */
record EventShape(
    boolean changes, boolean upserts, TableWriter writer, RowType rowType, EventJson json) {

  /** Whether changes are applied to a table whose rows nothing identifies. */
  boolean isKeyless() {
    return changes && upserts && writer.layout().key().isEmpty();
  }

  TableId table() {
    return writer.layout().table().id();
  }
}
