package io.millrace.connector.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Source offsets; whole numbers come back as Long, as from Connect's JSON. */
public final class MemoryOffsets implements OffsetStorageReader {

  private final Map<Map<String, ?>, Map<String, Object>> offsets = new LinkedHashMap<>();

  synchronized void put(Map<String, ?> partition, Map<String, ?> offset) {
    if (partition == null) {
      return;
    }
    offsets.put(normal(partition), offset == null ? null : normal(offset));
  }

  private static Map<String, Object> normal(Map<String, ?> map) {
    Map<String, Object> normal = new HashMap<>();
    map.forEach((key, value) -> {
      assertThat(
              value == null
                  || value instanceof Number
                  || value instanceof String
                  || value instanceof Boolean)
          .as("offset value %s of %s has a type that Connect stores", value, key)
          .isTrue();
      normal.put(
          key,
          value instanceof Integer || value instanceof Short || value instanceof Byte
              ? Long.valueOf(((Number) value).longValue())
              : value);
    });
    return normal;
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized <T> Map<String, Object> offset(Map<String, T> partition) {
    return offsets.get(normal((Map<String, Object>) partition));
  }

  @Override
  public synchronized <T> Map<Map<String, T>, Map<String, Object>> offsets(
      Collection<Map<String, T>> partitions) {
    Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
    for (Map<String, T> partition : partitions) {
      found.put(partition, offset(partition));
    }
    return found;
  }

  /** A copy of everything that is stored. */
  public synchronized Map<Map<String, ?>, Map<String, Object>> all() {
    return Map.copyOf(offsets);
  }
}
