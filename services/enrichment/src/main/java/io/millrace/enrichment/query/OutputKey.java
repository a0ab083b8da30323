package io.millrace.enrichment.query;

import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The key of an emitted event: its PARTITION BY columns, else the key of what it came from. */
final class OutputKey {

  private final KeyEncoder encoder;
  private final int[] columns;
  private final Object[] values;

  private OutputKey(KeyEncoder encoder, int[] columns) {
    this.encoder = encoder;
    this.columns = columns;
    this.values = new Object[columns.length];
  }

  static OutputKey of(StreamDefinition stream, RowType row) {
    List<Field> fields = new ArrayList<>();
    int[] columns = new int[stream.getPartitionBy().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Columns.index(row, stream.getPartitionBy().get(i), stream.getName());
      fields.add(row.field(columns[i]));
    }
    return new OutputKey(columns.length == 0 ? null : new KeyEncoder(new RowType(fields)), columns);
  }

  byte[] of(Object[] row, ConsumerRecord<byte[], byte[]> cause) {
    if (encoder == null) {
      return cause.key();
    }
    for (int i = 0; i < columns.length; i++) {
      values[i] = row[columns[i]];
    }
    return encoder.encode(values);
  }
}
