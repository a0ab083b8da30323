package io.millrace.enrichment.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.millrace.loop.TryAgainException;
import io.millrace.rows.CacheLookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads one cache: from memory what is near, the rest from Redis with one round trip for all keys
 * of a batch. Thread-safe.
 */
final class SharedCache implements RedisLink.Listener, AutoCloseable {

  /** Keys of one command; longer ones would hold up what others ask. */
  private static final int KEYS_A_COMMAND = 2_000;

  private static final int MOST_TURNS = 5;

  private final CacheDefinition definition;
  private final RedisLink redis;
  private final CacheKeys keys;
  private final NearCache near;
  private final ThreadLocal<CacheCodec> codec;
  private final LongAdder nearHits = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private volatile String generation;

  SharedCache(CacheDefinition definition, RedisLink redis, long nearRows) {
    this.definition = definition;
    this.redis = redis;
    this.keys = new CacheKeys(definition);
    this.near = new NearCache(nearRows);
    this.codec = ThreadLocal.withInitial(() -> new CacheCodec(definition));
    redis.listen(keys.channel(), this);
  }

  /** The first half of a look-up: answers what is near, and asks for the rest without waiting. */
  Question ask(CacheLookup lookup) {
    CacheCodec c = codec.get();
    Question question = new Question(lookup, c, near.stamp());
    for (int i = 0; i < lookup.size(); i++) {
      Object key = c.mapKey(lookup.key(i));
      Object[] row = near.get(key);
      if (row == null) {
        question.missing.computeIfAbsent(key, k -> new ArrayList<>(1)).add(i);
      } else if (row.length > 0) { // not NearCache.MISS
        lookup.answer(i, row);
      }
    }
    nearHits.add(lookup.size() - question.missing.size());
    if (!question.missing.isEmpty()) {
      reads.add(question.missing.size());
      if (generation == null) {
        generation = current();
      }
      question.send(generation);
    }
    return question;
  }

  /** How look-ups were answered, for a status. */
  Map<String, String> details() {
    return Map.of(
        "nearHits", Long.toString(nearHits.sum()), "redisReads", Long.toString(reads.sum()));
  }

  /** The complete generation, or null when there is none. */
  private String current() {
    byte[] name = RedisLink.await(redis.reader().get(keys.pointer()));
    if (name == null) {
      throw notLoaded();
    }
    return new String(name, UTF_8);
  }

  private TryAgainException notLoaded() {
    return TryAgainException.notReady(
        "CACHE_LOADING", "cache %s is being loaded".formatted(definition.name()));
  }

  @Override
  public void message(byte[] message) {
    switch (Announcement.of(message)) {
      case Announcement.Generation g -> {
        generation = g.name();
        near.changedAll();
      }
      case Announcement.Changed c -> {
        if (c.keys() == null) {
          near.changedAll();
        } else {
          CacheCodec decoder = codec.get();
          near.changed(c.keys().stream().map(k -> decoder.mapKey(decoder.decodeKey(k))).toList());
        }
      }
    }
  }

  @Override
  public void listening() {
    generation = null;
    near.listening();
  }

  @Override
  public void deaf() {
    near.deaf();
  }

  @Override
  public void close() {
    redis.unlisten(keys.channel());
    near.deaf();
  }

  /** What of one look-up Redis has to answer. */
  final class Question {

    private final CacheLookup lookup;
    private final CacheCodec c;
    private final long stamp;
    private final Map<Object, List<Integer>> missing = new LinkedHashMap<>();
    private final List<RedisFuture<List<KeyValue<byte[], byte[]>>>> answers = new ArrayList<>();
    private RedisFuture<byte[]> pointer;
    private String asked;

    private Question(CacheLookup lookup, CacheCodec c, long stamp) {
      this.lookup = lookup;
      this.c = c;
      this.stamp = stamp;
    }

    /** The second half: waits for the answers. */
    void await() {
      for (int turn = 0; !missing.isEmpty(); turn++) {
        byte[] current = RedisLink.await(pointer);
        if (current == null) {
          generation = null;
          throw notLoaded();
        }
        String name = new String(current, UTF_8);
        if (name.equals(asked)) {
          answer();
          return;
        }
        // The cache was refreshed meanwhile; what was read may be gone already.
        near.changedAll();
        generation = name;
        if (turn == MOST_TURNS) {
          throw notLoaded();
        }
        send(name);
      }
    }

    private void send(String name) {
      asked = name;
      answers.clear();
      byte[] hash = keys.rows(name);
      RedisAsyncCommands<byte[], byte[]> commands = redis.reader();
      pointer = commands.get(keys.pointer());
      List<byte[]> fields = new ArrayList<>(Math.min(missing.size(), KEYS_A_COMMAND) + 1);
      for (List<Integer> positions : missing.values()) {
        if (fields.isEmpty()) {
          fields.add(CacheKeys.MARK);
        }
        fields.add(c.encodeKey(lookup.key(positions.getFirst())));
        if (fields.size() > KEYS_A_COMMAND) {
          answers.add(commands.hmget(hash, fields.toArray(byte[][]::new)));
          fields.clear();
        }
      }
      if (!fields.isEmpty()) {
        answers.add(commands.hmget(hash, fields.toArray(byte[][]::new)));
      }
    }

    private void answer() {
      Map<Object, Object[]> read = HashMap.newHashMap(missing.size());
      var questions = missing.entrySet().iterator();
      for (RedisFuture<List<KeyValue<byte[], byte[]>>> answer : answers) {
        List<KeyValue<byte[], byte[]>> values = RedisLink.await(answer);
        if (!values.getFirst().hasValue()) {
          generation = null;
          throw notLoaded();
        }
        for (int i = 1; i < values.size(); i++) {
          Map.Entry<Object, List<Integer>> question = questions.next();
          if (values.get(i).hasValue()) {
            Object[] row = c.decodeRow(values.get(i).getValue());
            question.getValue().forEach(position -> lookup.answer(position, row));
            read.put(question.getKey(), row);
          } else {
            read.put(question.getKey(), NearCache.MISS);
          }
        }
      }
      near.put(stamp, read);
    }
  }

  /** What a look-up says when Redis does not answer. */
  static TryAgainException away(RedisException e) {
    return TryAgainException.failed(
        "REDIS_AWAY", "Redis does not answer, and events wait until it does: " + e.getMessage());
  }
}
