package io.millrace.host.query;

import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of an emitted event: its PARTITION BY columns, else the key of what it came from. Used by
 * one thread.
 */
public final class OutputKey {

  private final KeyEncoder encoder;
  private final int[] columns;
  private final Object[] values;

  private OutputKey(KeyEncoder encoder, int[] columns) {
    this.encoder = encoder;
    this.columns = columns;
    this.values = new Object[columns.length];
  }

  public static OutputKey of(StreamDefinition stream, RowType row) {
    List<Field> fields = new ArrayList<>();
    int[] columns = new int[stream.getPartitionBy().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Columns.index(row, stream.getPartitionBy().get(i), stream.getName());
      fields.add(row.field(columns[i]));
    }
    return new OutputKey(columns.length == 0 ? null : new KeyEncoder(new RowType(fields)), columns);
  }

  /**
   * @param otherwise the key when there are no such columns; may be null
   */
  public byte[] of(Object[] row, byte[] otherwise) {
    if (encoder == null) {
      return otherwise;
    }
    for (int i = 0; i < columns.length; i++) {
      values[i] = row[columns[i]];
    }
    return encoder.encode(values);
  }
}
