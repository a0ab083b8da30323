package io.millrace.schemas.event;

import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import org.apache.avro.Schema;

/**
 * Rows as bytes without a header, for whoever knows their columns: state, keys of state. Every
 * column may be null, whatever its field says. Equal rows give equal bytes, but for maps. Not
 * thread-safe.
 */
public final class RowCodec {

  private final ValueWriter writer;
  private final ValueReader reader;
  private final Output out = new Output();
  private final Input in = new Input();

  public RowCodec(RowType columns) {
    RowType nullable =
        new RowType(
            columns.fields().stream().map(f -> Field.nullable(f.name(), f.type())).toList());
    Schema schema = AvroTypes.toAvro(nullable, "row");
    this.writer = ValueWriter.record(schema);
    this.reader = ValueReader.row(schema, nullable);
  }

  /** The bytes of a row. */
  public byte[] write(Object[] row) {
    out.reset(0);
    writer.write(out, row);
    return out.toBytes();
  }

  /** The row of bytes that {@link #write} gave. */
  public Object[] read(byte[] bytes) {
    in.reset(bytes, 0);
    return (Object[]) reader.read(in);
  }
}
