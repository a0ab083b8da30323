package io.millrace.analytics.spill;

import io.millrace.cep.group.GroupDisk;
import io.millrace.loop.StopLoopException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups in RocksDB, ordered by their stretch of time. A failure stops the query with a {@link
 * StopLoopException}.
 */
final class RocksGroupDisk implements GroupDisk {

  private static final Logger LOG = LoggerFactory.getLogger(RocksGroupDisk.class);

  private final Path directory;
  private final RocksSettings settings;
  private final RocksDB store;

  private RocksGroupDisk(Path directory, RocksSettings settings, RocksDB store) {
    this.directory = directory;
    this.settings = settings;
    this.store = store;
  }

  static RocksGroupDisk open(Path directory, RocksSettings settings) {
    try {
      RocksDB store = RocksDB.open(settings.options(), directory.toString());
      return new RocksGroupDisk(directory, settings, store);
    } catch (RocksDBException e) {
      throw SpillDirectory.failure(directory, e);
    }
  }

  @Override
  public void put(long stretch, byte[] key, byte[] content) {
    try {
      store.put(settings.write(), place(stretch, key), content);
    } catch (RocksDBException e) {
      throw SpillDirectory.failure(directory, e);
    }
  }

  @Override
  public byte[] take(long stretch, byte[] key) {
    byte[] place = place(stretch, key);
    try {
      byte[] content = store.get(place);
      if (content != null) {
        store.delete(settings.write(), place);
      }
      return content;
    } catch (RocksDBException e) {
      throw SpillDirectory.failure(directory, e);
    }
  }

  @Override
  public void forget(long stretch, Consumer<byte[]> keys) {
    byte[] from = place(stretch, new byte[0]);
    byte[] to = place(stretch + 1, new byte[0]);
    try (RocksIterator places = store.newIterator()) {
      for (places.seek(from); places.isValid(); places.next()) {
        byte[] place = places.key();
        if (Arrays.compareUnsigned(place, to) >= 0) {
          break;
        }
        keys.accept(Arrays.copyOfRange(place, Long.BYTES, place.length));
      }
      places.status();
      store.deleteRange(settings.write(), from, to);
    } catch (RocksDBException e) {
      throw SpillDirectory.failure(directory, e);
    }
  }

  /** In the order of the stretches, those below zero first. */
  private static byte[] place(long stretch, byte[] key) {
    return ByteBuffer.allocate(Long.BYTES + key.length)
        .putLong(stretch ^ Long.MIN_VALUE)
        .put(key)
        .array();
  }

  @Override
  public void close() {
    store.close();
    try {
      SpillDirectory.remove(directory);
    } catch (UncheckedIOException e) {
      LOG.warn("{} is not removed before the next start: {}", directory, e.toString());
    }
  }
}
