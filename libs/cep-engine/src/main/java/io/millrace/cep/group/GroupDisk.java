package io.millrace.cep.group;

import java.util.function.Consumer;

/**
 * Where groups are that the heap has no room for. Each is there once, below the stretch of time in
 * which a row came for it last. For one thread.
 */
public interface GroupDisk extends AutoCloseable {

  void put(long stretch, byte[] key, byte[] content);

  /** Takes a group out: its content, or null when it is not there. */
  byte[] take(long stretch, byte[] key);

  /**
   * Takes out all groups of a stretch.
   *
   * @param keys takes theirs
   */
  void forget(long stretch, Consumer<byte[]> keys);

  /** Lets go of everything that is there. */
  @Override
  void close();
}
