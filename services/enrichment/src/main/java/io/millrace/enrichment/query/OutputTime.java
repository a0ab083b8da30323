package io.millrace.enrichment.query;

import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.RowType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The time of an emitted event: its TIMESTAMP BY column, else the time of what it came from. */
final class OutputTime {

  private static final int NONE = -1;

  private final int column;
  private final boolean micros;

  private OutputTime(int column, boolean micros) {
    this.column = column;
    this.micros = micros;
  }

  static OutputTime of(StreamDefinition stream, RowType row) {
    if (stream.getTimestampColumn() == null) {
      return new OutputTime(NONE, false);
    }
    int column = Columns.index(row, stream.getTimestampColumn(), stream.getName());
    return new OutputTime(column, row.field(column).type().equals(DataType.TIMESTAMP));
  }

  /** Milliseconds since the epoch. */
  long of(Object[] row, ConsumerRecord<byte[], byte[]> cause) {
    if (column == NONE) {
      return cause.timestamp();
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
