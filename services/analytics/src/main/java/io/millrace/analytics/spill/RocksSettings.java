package io.millrace.analytics.spill;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * How the stores of this process work. They share one cache, which holds what they write, too: that
 * is the memory that all of them take outside of the heap. What they hold is lost with the process,
 * and so nothing is logged or synced.
 */
final class RocksSettings implements AutoCloseable {

  private static final long CACHE = 96 << 20;
  private static final long WRITE_BUFFERS = 48 << 20;
  private static final long WRITE_BUFFER = 8 << 20;
  private static final int OPEN_FILES = 256;
  private static final int BITS_A_KEY = 10;

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache = new LRUCache(CACHE);
  private final WriteBufferManager buffers = new WriteBufferManager(WRITE_BUFFERS, cache);
  private final BloomFilter filter = new BloomFilter(BITS_A_KEY);
  private final WriteOptions write = new WriteOptions().setDisableWAL(true);
  private final Options options =
      new Options()
          .setCreateIfMissing(true)
          .setErrorIfExists(true)
          .setWriteBufferManager(buffers)
          .setWriteBufferSize(WRITE_BUFFER)
          .setMaxOpenFiles(OPEN_FILES)
          .setAvoidFlushDuringShutdown(true)
          .setCompressionType(CompressionType.LZ4_COMPRESSION)
          .setTableFormatConfig(
              new BlockBasedTableConfig()
                  .setBlockCache(cache)
                  .setCacheIndexAndFilterBlocks(true)
                  .setFilterPolicy(filter));

  Options options() {
    return options;
  }

  WriteOptions write() {
    return write;
  }

  @Override
  public void close() {
    options.close();
    write.close();
    filter.close();
    buffers.close();
    cache.close();
  }
}
