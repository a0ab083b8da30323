package io.millrace.query.stream;

import io.millrace.schemas.type.RowType;

/** Which events of a stream are looked at. */
@FunctionalInterface
interface RowFilter {

  RowFilter ALL = (rowType, row) -> true;

  boolean admits(RowType rowType, Object[] row);
}
