package io.millrace.enrichment.cache;

import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.event.MemorySchemaStore;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Keys and rows of one cache as Redis holds them: a key in the encoding of record keys, a row as
 * where it came from (partition, time) and an Avro event. Not thread-safe.
 */
final class CacheCodec {

  /** Partition and time before the row. */
  private static final int PREFIX = Integer.BYTES + Long.BYTES;

  private static final int EVENT_HEADER = 10;

  private final int[] keyColumns;
  private final boolean[] binary;
  private final KeyEncoder keys;
  private final byte[] keyHeader;
  private final EventDecoder keyDecoder;
  private final EventEncoder rows;
  private final EventDecoder rowDecoder;

  CacheCodec(CacheDefinition cache) {
    RowType keyRow = cache.keyRow();
    this.keyColumns = cache.keyColumns();
    this.binary = new boolean[keyColumns.length];
    for (int i = 0; i < keyColumns.length; i++) {
      binary[i] = keyRow.field(i).type().equals(DataType.BYTES);
    }
    this.keys = new KeyEncoder(keyRow);
    MemorySchemaStore store = new MemorySchemaStore();
    RowType nullable =
        new RowType(keyRow.fields().stream().map(f -> Field.nullable(f.name(), f.type())).toList());
    EventEncoder keyEvents = EventEncoder.announced(AvroTypes.toAvro(nullable, "key"), store);
    this.keyHeader = Arrays.copyOf(keyEvents.encode(new Object[keyColumns.length]), EVENT_HEADER);
    this.keyDecoder = new EventDecoder(nullable, store);
    Schema rowSchema = AvroTypes.toAvro(cache.nullableRow(), "row");
    this.rows = EventEncoder.announced(rowSchema, store);
    this.rowDecoder = new EventDecoder(cache.row(), store);
  }

  /** The key's values in a row; null if one of them is. */
  Object[] keyOf(Object[] row) {
    Object[] key = new Object[keyColumns.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = row[keyColumns[i]];
      if (key[i] == null) {
        return null;
      }
    }
    return key;
  }

  byte[] encodeKey(Object[] key) {
    return keys.encode(key);
  }

  Object[] decodeKey(byte[] key) {
    byte[] event = Arrays.copyOf(keyHeader, EVENT_HEADER + key.length);
    System.arraycopy(key, 0, event, EVENT_HEADER, key.length);
    return keyDecoder.decode(event);
  }

  byte[] encodeRow(int partition, long time, Object[] row) {
    byte[] event = rows.encode(row);
    return ByteBuffer.allocate(PREFIX + event.length)
        .putInt(partition)
        .putLong(time)
        .put(event)
        .array();
  }

  Object[] decodeRow(byte[] value) {
    return rowDecoder.decode(Arrays.copyOfRange(value, PREFIX, value.length));
  }

  static int partition(byte[] value) {
    return ByteBuffer.wrap(value).getInt();
  }

  static long time(byte[] value) {
    return ByteBuffer.wrap(value).getLong(Integer.BYTES);
  }

  /** The key as a map in memory takes it. */
  Object mapKey(Object[] key) {
    if (key.length == 1) {
      return hashable(0, key[0]);
    }
    List<Object> values = new ArrayList<>(key.length);
    for (int i = 0; i < key.length; i++) {
      values.add(hashable(i, key[i]));
    }
    return values;
  }

  private Object hashable(int index, Object value) {
    return binary[index] ? ByteBuffer.wrap((byte[]) value) : value;
  }
}
