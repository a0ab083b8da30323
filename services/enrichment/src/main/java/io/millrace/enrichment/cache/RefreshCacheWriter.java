package io.millrace.enrichment.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes whole generations of a cache, one instance at a time. Used by one thread. */
final class RefreshCacheWriter {

  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int ROWS_A_COMMAND = 500;
  private static final int COMMANDS_UNDER_WAY = 8;

  /** A generation that its loader gave up goes by itself. */
  private static final long UNFINISHED_SECONDS = 3_600;

  /** Readers that have just asked for the old generation still find it. */
  private static final String PUBLISH =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      local old = redis.call('GET', KEYS[2])
      redis.call('PERSIST', KEYS[3])
      redis.call('SET', KEYS[2], ARGV[2])
      redis.call('DEL', KEYS[4])
      for i = 6, #ARGV, 2 do redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1]) end
      redis.call('PUBLISH', ARGV[3], ARGV[4])
      if old then redis.call('EXPIRE', ARGV[5] .. old, 60) end
      return 1
      """;

  private static final String RENEW =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
      end
      return 0
      """;

  private static final String RELEASE =
      "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return"
          + " 0";

  /** What is known of the complete generation. */
  record Info(long loadedAt, String version, long rows) {}

  private final RedisLink redis;
  private final CacheKeys keys;
  private final byte[] owner = UUID.randomUUID().toString().getBytes(UTF_8);

  RefreshCacheWriter(RedisLink redis, CacheKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** Whether this instance is the one that loads, for the next seconds. */
  boolean lease() {
    if (run(RENEW, keys(keys.lease()), owner, bytes(LEASE.toMillis())) == 1) {
      return true;
    }
    return RedisLink.await(
            redis.loader().set(keys.lease(), owner, SetArgs.Builder.nx().px(LEASE.toMillis())))
        != null;
  }

  void release() {
    run(RELEASE, keys(keys.lease()), owner);
  }

  /** The complete generation, or null when there is none or its rows are gone. */
  Info current() {
    byte[] name = RedisLink.await(redis.loader().get(keys.pointer()));
    if (name == null
        || !RedisLink.await(
            redis.loader().hexists(keys.rows(new String(name, UTF_8)), CacheKeys.MARK))) {
      return null;
    }
    Map<String, String> info = new HashMap<>();
    RedisLink.await(redis.loader().hgetall(keys.info()))
        .forEach((k, v) -> info.put(new String(k, UTF_8), new String(v, UTF_8)));
    return new Info(
        Long.parseLong(info.getOrDefault("loadedAt", "0")),
        info.get("version"),
        Long.parseLong(info.getOrDefault("rows", "0")));
  }

  /** A new generation, which nobody reads before it is published. */
  Generation begin() {
    return new Generation(Long.toString(System.currentTimeMillis(), 36) + "-" + UUID.randomUUID());
  }

  /** A generation that is being filled. */
  final class Generation {

    private final String name;
    private final byte[] hash;
    private final List<RedisFuture<Long>> underWay = new ArrayList<>();
    private Map<byte[], byte[]> rows = new HashMap<>();
    private boolean begun;

    private Generation(String name) {
      this.name = name;
      this.hash = keys.rows(name);
    }

    /** A key that comes again replaces the row before it. */
    void put(byte[] key, byte[] row) {
      rows.put(key, row);
      if (rows.size() >= ROWS_A_COMMAND) {
        send();
      }
    }

    /** Makes it the one that is read; false if another instance loads by now. */
    boolean publish(long loadedAt, String version) {
      rows.put(CacheKeys.MARK, bytes(1));
      send();
      settle();
      long count = RedisLink.await(redis.loader().hlen(hash)) - 1;
      List<byte[]> args =
          new ArrayList<>(
              List.of(
                  owner,
                  name.getBytes(UTF_8),
                  keys.channel(),
                  Announcement.generation(name),
                  keys.rows("")));
      args.addAll(List.of(text("loadedAt"), bytes(loadedAt), text("rows"), bytes(count)));
      if (version != null) {
        args.addAll(List.of(text("version"), text(version)));
      }
      return run(
              PUBLISH,
              keys(keys.lease(), keys.pointer(), hash, keys.info()),
              args.toArray(byte[][]::new))
          == 1;
    }

    void discard() {
      underWay.clear();
      redis.loader().unlink(hash);
    }

    private void send() {
      underWay.add(redis.loader().hset(hash, rows));
      rows = new HashMap<>();
      if (!begun) {
        begun = true;
        redis.loader().expire(hash, UNFINISHED_SECONDS);
      }
      if (underWay.size() >= COMMANDS_UNDER_WAY) {
        settle();
      }
    }

    private void settle() {
      underWay.forEach(RedisLink::await);
      underWay.clear();
      if (!lease()) {
        throw new RedisException("another instance loads the cache by now");
      }
    }
  }

  private long run(String script, byte[][] names, byte[]... args) {
    Long answer =
        RedisLink.await(redis.loader().eval(script, ScriptOutputType.INTEGER, names, args));
    return answer == null ? 0 : answer;
  }

  private static byte[][] keys(byte[]... names) {
    return names;
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] bytes(long number) {
    return text(Long.toString(number));
  }
}
