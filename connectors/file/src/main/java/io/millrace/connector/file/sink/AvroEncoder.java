package io.millrace.connector.file.sink;

import io.millrace.schemas.event.Fingerprints;
import io.millrace.schemas.event.SelfDescribingDecoder.Event;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Deflater;
import org.apache.avro.Schema;

/**
 * Avro container files. An event is already in Avro's binary encoding, so its bytes are copied;
 * each call of {@link #take} ends a block. The sync marker follows from the file, so that whoever
 * goes on with a file writes the same one. Format: Avro specification 1.12, "Object Container
 * Files".
 */
final class AvroEncoder implements RowEncoder {

  private final byte[] header;
  private final byte[] sync;
  private final boolean deflate;
  private final ByteArrayOutputStream block = new ByteArrayOutputStream(8192);
  private long rows;

  AvroEncoder(Schema schema, String fileId, boolean deflate) {
    this.deflate = deflate;
    this.sync = digest(fileId);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'O', 'b', 'j', 1});
    writeLong(out, 2);
    writeBytes(out, "avro.schema".getBytes(StandardCharsets.UTF_8));
    writeBytes(out, schema.toString().getBytes(StandardCharsets.UTF_8));
    writeBytes(out, "avro.codec".getBytes(StandardCharsets.UTF_8));
    writeBytes(out, (deflate ? "deflate" : "null").getBytes(StandardCharsets.UTF_8));
    writeLong(out, 0);
    out.writeBytes(sync);
    this.header = out.toByteArray();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  @Override
  public byte[] header() {
    return header.clone();
  }

  @Override
  public void add(Event event, byte[] original) {
    block.write(original, Fingerprints.HEADER_LENGTH, original.length - Fingerprints.HEADER_LENGTH);
    rows++;
  }

  @Override
  public int pending() {
    return block.size();
  }

  @Override
  public byte[] take() {
    if (rows == 0) {
      return new byte[0];
    }
    byte[] data = deflate ? deflated(block.toByteArray()) : block.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 40);
    writeLong(out, rows);
    writeBytes(out, data);
    out.writeBytes(sync);
    reset();
    return out.toByteArray();
  }

  @Override
  public void reset() {
    block.reset();
    rows = 0;
  }

  private static byte[] deflated(byte[] data) {
    try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(data.length / 2 + 16);
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  private static void writeBytes(ByteArrayOutputStream out, byte[] bytes) {
    writeLong(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void writeLong(ByteArrayOutputStream out, long value) {
    long n = (value << 1) ^ (value >> 63);
    while ((n & ~0x7FL) != 0) {
      out.write((int) ((n & 0x7F) | 0x80));
      n >>>= 7;
    }
    out.write((int) n);
  }
}
