package io.millrace.enrichment.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The names of a cache's keys in Redis. They share a hash tag, so that a cluster keeps them on one
 * node, and carry the definition's fingerprint, so that a changed cache starts empty.
 */
final class CacheKeys {

  /** A field of every generation: its absence tells data that were lost from keys that miss. */
  static final byte[] MARK = {0, 'm'};

  private final String prefix;

  CacheKeys(CacheDefinition cache) {
    String fingerprint = Integer.toHexString(cache.fingerprint().hashCode());
    this.prefix = "millrace:{%s.%s:%s}:".formatted(cache.application(), cache.name(), fingerprint);
  }

  /** Names the complete generation. */
  byte[] pointer() {
    return bytes("current");
  }

  /** The rows of a generation. */
  byte[] rows(String generation) {
    return bytes("rows:" + generation);
  }

  /** The position in the stream that feeds the cache, by partition. */
  byte[] positions() {
    return bytes("positions");
  }

  /** Who loads the cache. */
  byte[] lease() {
    return bytes("lease");
  }

  /** About the complete generation: when it was loaded, from what, how many rows. */
  byte[] info() {
    return bytes("info");
  }

  /** Where changes are announced. */
  byte[] channel() {
    return bytes("changes");
  }

  String pattern() {
    return prefix.replace("[", "\\[").replace("*", "\\*").replace("?", "\\?") + "*";
  }

  private byte[] bytes(String name) {
    return (prefix + name).getBytes(UTF_8);
  }
}
