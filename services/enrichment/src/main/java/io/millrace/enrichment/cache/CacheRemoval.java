package io.millrace.enrichment.cache;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes caches that no plan names any more. */
final class CacheRemoval {

  private static final Logger LOG = LoggerFactory.getLogger(CacheRemoval.class);

  private final RedisLink redis;

  CacheRemoval(RedisLink redis) {
    this.redis = redis;
  }

  /** Removes everything of one cache; what Redis does not take now stays, unread by anybody. */
  void remove(CacheKeys keys) {
    try {
      ScanCursor cursor = ScanCursor.INITIAL;
      do {
        KeyScanCursor<byte[]> page =
            RedisLink.await(
                redis.loader().scan(cursor, ScanArgs.Builder.matches(keys.pattern()).limit(1000)));
        if (!page.getKeys().isEmpty()) {
          RedisLink.await(redis.loader().unlink(page.getKeys().toArray(byte[][]::new)));
        }
        cursor = page;
      } while (!cursor.isFinished());
    } catch (RedisException e) {
      LOG.warn("what Redis holds under {} could not be removed: {}", keys.pattern(), e.toString());
    }
  }
}
