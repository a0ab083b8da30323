package io.millrace.connector.cdc.plugin;

import io.debezium.spi.converter.CustomConverter;
import io.debezium.spi.converter.RelationalColumn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * Reads MariaDB's UUIDs from the binary log. They stand there as the server stores them: versions 1
 * to 5 with their parts in reverse order, and without the zero bytes at their end. Debezium 3.5.0
 * takes them as they are and pads on the wrong side.
 */
public final class MariaDbUuidConverter
    implements CustomConverter<SchemaBuilder, RelationalColumn> {

  private static final int LENGTH = 16;

  @Override
  public void configure(Properties properties) {}

  @Override
  public void converterFor(
      RelationalColumn column, ConverterRegistration<SchemaBuilder> registration) {
    if ("UUID".equalsIgnoreCase(column.typeName())) {
      registration.register(SchemaBuilder.string().optional(), MariaDbUuidConverter::text);
    }
  }

  private static Object text(Object value) {
    return value instanceof byte[] stored ? fromLog(stored).toString() : asText(value);
  }

  private static Object asText(Object value) {
    return value == null ? null : value.toString();
  }

  static UUID fromLog(byte[] stored) {
    byte[] bytes = Arrays.copyOf(stored, LENGTH);
    boolean reversed = (bytes[6] & 0x80) != 0 && (bytes[8] & 0xF0) > 0 && (bytes[8] & 0xF0) < 0x60;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (!reversed) {
      return new UUID(in.getLong(), in.getLong());
    }
    byte[] node = new byte[6];
    in.get(node);
    byte[] sequence = new byte[2];
    in.get(sequence);
    byte[] high = new byte[2];
    in.get(high);
    byte[] middle = new byte[2];
    in.get(middle);
    byte[] low = new byte[4];
    in.get(low);
    ByteBuffer out = ByteBuffer.allocate(LENGTH);
    out.put(low).put(middle).put(high).put(sequence).put(node).flip();
    return new UUID(out.getLong(), out.getLong());
  }
}
