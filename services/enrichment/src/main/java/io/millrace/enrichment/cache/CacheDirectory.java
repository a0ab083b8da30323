package io.millrace.enrichment.cache;

import io.lettuce.core.RedisException;
import io.millrace.loop.TryAgainException;
import io.millrace.rows.CacheLookup;
import io.millrace.rows.CacheReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The caches of one application on this instance, for its queries. Look-ups wait (by {@link
 * TryAgainException}) for caches that are not there or not complete, and while Redis is away.
 */
public final class CacheDirectory implements CacheReader {

  private final Map<String, SharedCache> caches = new ConcurrentHashMap<>();

  void put(String name, SharedCache cache) {
    caches.put(name.toLowerCase(Locale.ROOT), cache);
  }

  void remove(String name, SharedCache cache) {
    caches.remove(name.toLowerCase(Locale.ROOT), cache);
  }

  @Override
  public void read(List<CacheLookup> lookups) {
    try {
      List<SharedCache.Question> questions = new ArrayList<>(lookups.size());
      for (CacheLookup lookup : lookups) {
        questions.add(cache(lookup.cache()).ask(lookup));
      }
      questions.forEach(SharedCache.Question::await);
    } catch (RedisException e) {
      throw SharedCache.away(e);
    }
  }

  private SharedCache cache(String name) {
    SharedCache cache = caches.get(name.toLowerCase(Locale.ROOT));
    if (cache == null) {
      throw TryAgainException.notReady("CACHE_STOPPED", "cache %s does not run".formatted(name));
    }
    return cache;
  }
}
