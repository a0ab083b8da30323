package io.millrace.schemas.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Fingerprints of schemas, and the header of Avro's single-object encoding. */
public final class Fingerprints {

  /** Two marker bytes and the fingerprint, little-endian. */
  public static final int HEADER_LENGTH = 10;

  private static final byte MARKER_0 = (byte) 0xC3;
  private static final byte MARKER_1 = (byte) 0x01;

  private static final Map<Schema, Long> KNOWN = new ConcurrentHashMap<>();

  private Fingerprints() {}

  /** CRC-64-AVRO of the schema's parsing canonical form. */
  public static long of(Schema schema) {
    return KNOWN.computeIfAbsent(schema, SchemaNormalization::parsingFingerprint64);
  }

  /** Whether the bytes start as a single-object encoded event does. */
  public static boolean isEvent(byte[] bytes) {
    return bytes != null
        && bytes.length >= HEADER_LENGTH
        && bytes[0] == MARKER_0
        && bytes[1] == MARKER_1;
  }

  /** The fingerprint in an event's header; call {@link #isEvent} before. */
  public static long read(byte[] event) {
    long fingerprint = 0;
    for (int i = HEADER_LENGTH - 1; i >= 2; i--) {
      fingerprint = (fingerprint << 8) | (event[i] & 0xFF);
    }
    return fingerprint;
  }

  static void writeHeader(byte[] target, long fingerprint) {
    target[0] = MARKER_0;
    target[1] = MARKER_1;
    for (int i = 0; i < 8; i++) {
      target[2 + i] = (byte) (fingerprint >>> (8 * i));
    }
  }
}
