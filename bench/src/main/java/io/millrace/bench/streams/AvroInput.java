package io.millrace.bench.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/** Reads Avro column by column, as hand-written code does that knows its schema. */
public final class AvroInput {

  private BinaryDecoder decoder;

  /** Goes to {@code offset} of these bytes. */
  public AvroInput at(byte[] bytes, int offset) {
    decoder = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
    return this;
  }

  public int readInt() {
    try {
      return decoder.readInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long readLong() {
    try {
      return decoder.readLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public double readDouble() {
    try {
      return decoder.readDouble();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a text into {@code into}. */
  public Utf8 readString(Utf8 into) {
    try {
      return decoder.readString(into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a column that may be null is; comes before its value. */
  public boolean readNull() {
    return readInt() == 0;
  }
}
