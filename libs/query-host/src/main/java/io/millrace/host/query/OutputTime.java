package io.millrace.host.query;

import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.RowType;

/** The time of an emitted event: its TIMESTAMP BY column, else the time of what it came from. */
public final class OutputTime {

  private static final int NONE = -1;

  private final int column;
  private final boolean micros;

  private OutputTime(int column, boolean micros) {
    this.column = column;
    this.micros = micros;
  }

  public static OutputTime of(StreamDefinition stream, RowType row) {
    if (stream.getTimestampColumn() == null) {
      return new OutputTime(NONE, false);
    }
    int column = Columns.index(row, stream.getTimestampColumn(), stream.getName());
    return new OutputTime(column, row.field(column).type().equals(DataType.TIMESTAMP));
  }

  /**
   * Milliseconds since the epoch.
   *
   * @param otherwise the time when there is no such column
   * @throws IllegalArgumentException if the column holds no time that an event can have
   */
  public long of(Object[] row, long otherwise) {
    if (column == NONE) {
      return otherwise;
    }
    Object value = row[column];
    if (value == null) {
      throw new IllegalArgumentException("the TIMESTAMP BY column is NULL");
    }
    long time = ((Number) value).longValue();
    long millis = micros ? Math.floorDiv(time, 1000L) : time;
    if (millis < 0) {
      throw new IllegalArgumentException(
          "the TIMESTAMP BY column is before 1970, which no event's time can be");
    }
    return millis;
  }
}
