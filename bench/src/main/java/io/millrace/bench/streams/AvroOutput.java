package io.millrace.bench.streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/** Writes Avro column by column, as hand-written code does that knows its schema. */
public final class AvroOutput {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

  public AvroOutput writeInt(int value) {
    try {
      encoder.writeInt(value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public AvroOutput writeLong(long value) {
    try {
      encoder.writeLong(value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public AvroOutput writeDouble(double value) {
    try {
      encoder.writeDouble(value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public AvroOutput writeString(Utf8 value) {
    try {
      encoder.writeString(value);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a column that may be null is; comes before its value. */
  public AvroOutput writeNull(boolean isNull) {
    return writeInt(isNull ? 0 : 1);
  }

  /** What was written since the last call. */
  public byte[] toBytes() {
    try {
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] written = bytes.toByteArray();
    bytes.reset();
    return written;
  }
}
