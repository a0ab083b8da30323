package io.millrace.schemas.event;

import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;

/**
 * Writes the keys of records: the partition columns' values in Avro's binary encoding, nullable
 * columns or not, without a header. Equal values of equal types give equal bytes in every service,
 * so they meet in the same partition. Not thread-safe.
 */
public final class KeyEncoder {

  private final ValueWriter writer;
  private final Output out = new Output();

  /** A key of these columns; each is written as if it could be null. */
  public KeyEncoder(RowType columns) {
    RowType nullable =
        new RowType(
            columns.fields().stream()
                .map(f -> io.millrace.schemas.type.Field.nullable(f.name(), f.type()))
                .toList());
    this.writer = ValueWriter.record(AvroTypes.toAvro(nullable, "key"));
  }

  /** The bytes of one key, its values in the order of the columns. */
  public byte[] encode(Object[] key) {
    out.reset(0);
    writer.write(out, key);
    return out.toBytes();
  }
}
