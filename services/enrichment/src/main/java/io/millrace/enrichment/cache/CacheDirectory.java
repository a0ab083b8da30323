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

  /** Something that is asked like a cache and computes its answers. */
  public interface Answers {

    /** Answers every key of a look-up that it can answer. */
    void answer(CacheLookup lookup);
  }

  private final Map<String, SharedCache> caches = new ConcurrentHashMap<>();
  private final Map<String, Answers> computed = new ConcurrentHashMap<>();

  /** Has look-ups of a name answered by computation. */
  public void put(String name, Answers answers) {
    computed.put(name.toLowerCase(Locale.ROOT), answers);
  }

  /** Takes back what {@link #put} said. */
  public void remove(String name, Answers answers) {
    computed.remove(name.toLowerCase(Locale.ROOT), answers);
  }

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
        Answers answers = computed.get(lookup.cache().toLowerCase(Locale.ROOT));
        if (answers != null) {
          answers.answer(lookup);
          continue;
        }
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
      throw TryAgainException.notReady("CACHE_STOPPED", "%s does not run".formatted(name));
    }
    return cache;
  }
}
