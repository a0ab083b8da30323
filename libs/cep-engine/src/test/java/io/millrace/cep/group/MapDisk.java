package io.millrace.cep.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A disk of a test, in memory. */
public final class MapDisk implements GroupDisk {

  private final Map<Long, Map<ByteBuffer, byte[]>> stretches = new TreeMap<>();

  @Override
  public void put(long stretch, byte[] key, byte[] content) {
    byte[] earlier =
        stretches
            .computeIfAbsent(stretch, s -> new LinkedHashMap<>())
            .put(ByteBuffer.wrap(key), content);
    assertThat(earlier).isNull();
  }

  @Override
  public byte[] take(long stretch, byte[] key) {
    return stretches.getOrDefault(stretch, new LinkedHashMap<>()).remove(ByteBuffer.wrap(key));
  }

  @Override
  public void forget(long stretch, Consumer<byte[]> keys) {
    stretches.remove(stretch).keySet().forEach(key -> keys.accept(key.array()));
  }

  @Override
  public void close() {
    stretches.clear();
  }

  boolean isEmpty() {
    return stretches.isEmpty();
  }
}
