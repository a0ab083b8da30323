package io.millrace.enrichment.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes a cache that a stream feeds: changes together with the position behind them, so that the
 * position in Redis always says what Redis really holds.
 */
final class StreamCacheWriter {

  /** The only generation; changes are made in place. */
  static final String GENERATION = "live";

  /** Nothing of this partition was ever written, or it was lost. */
  static final long NOTHING = -1;

  /**
   * Rows without positions, or positions without rows, are remains of something that was lost:
   * removed before anything is built on them. Returns the partition's position, -1 for none.
   */
  private static final String CHECK =
      """
      local marked = redis.call('HEXISTS', KEYS[1], ARGV[2]) == 1
      local known = redis.call('EXISTS', KEYS[2]) == 1
      if marked ~= known then
        redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
      end
      return redis.call('HGET', KEYS[2], ARGV[1]) or '-1'
      """;

  /** Applies changes if the position is as expected; returns 'ok', else the position. */
  private static final String APPLY =
      """
      local at = redis.call('HGET', KEYS[2], ARGV[1]) or '-1'
      local marked = redis.call('HEXISTS', KEYS[1], ARGV[2]) == 1
      local known = redis.call('EXISTS', KEYS[2]) == 1
      if at ~= ARGV[3] or marked ~= known then return at end
      if not marked then redis.call('HSET', KEYS[1], ARGV[2], '1') end
      redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
      local puts = tonumber(ARGV[7])
      local i = 8
      for n = 1, puts do
        redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
        i = i + 2
      end
      while i <= #ARGV do
        redis.call('HDEL', KEYS[1], ARGV[i])
        i = i + 1
      end
      if ARGV[6] ~= '' then redis.call('PUBLISH', ARGV[5], ARGV[6]) end
      return 'ok'
      """;

  /** Marks a partition complete; opens the cache when all are. Returns how many are. */
  private static final String COMPLETE =
      """
      if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return 0 end
      redis.call('HSET', KEYS[2], 'complete:' .. ARGV[1], '1')
      local complete = 0
      for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
        if string.sub(field, 1, 9) == 'complete:' then complete = complete + 1 end
      end
      if complete >= tonumber(ARGV[2]) and redis.call('EXISTS', KEYS[3]) == 0 then
        redis.call('SET', KEYS[3], ARGV[3])
        redis.call('PUBLISH', ARGV[4], ARGV[5])
      end
      return complete
      """;

  private static final byte[] NO_MESSAGE = {};

  private final RedisLink redis;
  private final CacheKeys keys;
  private final byte[][] keyNames;

  StreamCacheWriter(RedisLink redis, CacheKeys keys) {
    this.redis = redis;
    this.keys = keys;
    this.keyNames = new byte[][] {keys.rows(GENERATION), keys.positions(), keys.pointer()};
  }

  /** The offset behind the last event of a partition that Redis holds, or {@link #NOTHING}. */
  long position(int partition) {
    byte[] answer = run(CHECK, ScriptOutputType.VALUE, bytes(partition), CacheKeys.MARK);
    return Long.parseLong(new String(answer, UTF_8));
  }

  /**
   * Applies changes.
   *
   * @param from where the partition has to be for them to fit
   * @param to where it is then
   * @param changes a null value removes the key
   * @return false if the partition was elsewhere: data were lost, or another instance was faster
   */
  boolean apply(int partition, long from, long to, Map<Key, byte[]> changes) {
    List<byte[]> removed = new ArrayList<>();
    List<byte[]> args = new ArrayList<>(7 + changes.size() * 2);
    args.add(bytes(partition));
    args.add(CacheKeys.MARK);
    args.add(bytes(from));
    args.add(bytes(to));
    args.add(keys.channel());
    List<byte[]> changed = changes.keySet().stream().map(Key::bytes).toList();
    args.add(changes.isEmpty() ? NO_MESSAGE : Announcement.changed(changed));
    args.add(bytes(changes.values().stream().filter(v -> v != null).count()));
    changes.forEach((key, value) -> {
      if (value == null) {
        removed.add(key.bytes());
      } else {
        args.add(key.bytes());
        args.add(value);
      }
    });
    args.addAll(removed);
    byte[] answer = run(APPLY, ScriptOutputType.VALUE, args.toArray(byte[][]::new));
    return "ok".equals(new String(answer, UTF_8));
  }

  /** Everything of a partition that was there at the start is in; true when that is so of all. */
  boolean complete(int partition, int partitions) {
    Long complete =
        run(
            COMPLETE,
            ScriptOutputType.INTEGER,
            bytes(partition),
            bytes(partitions),
            GENERATION.getBytes(UTF_8),
            keys.channel(),
            Announcement.generation(GENERATION));
    return complete >= partitions;
  }

  boolean isOpen() {
    return RedisLink.await(redis.loader().exists(keys.pointer())) == 1;
  }

  long rows() {
    return Math.max(0, RedisLink.await(redis.loader().hlen(keys.rows(GENERATION))) - 1);
  }

  /** Removes rows that a truncation of their table took away. */
  void truncate(int partition, long time) {
    byte[] hash = keys.rows(GENERATION);
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      MapScanCursor<byte[], byte[]> page =
          RedisLink.await(redis.loader().hscan(hash, cursor, ScanArgs.Builder.limit(1000)));
      List<byte[]> gone = new ArrayList<>();
      page.getMap()
          .forEach((key, value) -> {
            boolean mark = Arrays.equals(key, CacheKeys.MARK);
            if (!mark
                && (CacheCodec.partition(value) == partition || CacheCodec.time(value) <= time)) {
              gone.add(key);
            }
          });
      if (!gone.isEmpty()) {
        RedisLink.await(redis.loader().hdel(hash, gone.toArray(byte[][]::new)));
      }
      cursor = page;
    } while (!cursor.isFinished());
    RedisLink.await(redis.loader().publish(keys.channel(), new byte[] {'x'}));
  }

  /** A key's bytes, equal by content. */
  record Key(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  private <T> T run(String script, ScriptOutputType type, byte[]... args) {
    T answer = RedisLink.await(redis.loader().eval(script, type, keyNames, args));
    if (answer == null) {
      throw new RedisException("Redis gave no answer to a script");
    }
    return answer;
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(UTF_8);
  }
}
