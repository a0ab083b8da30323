package io.millrace.enrichment.cache;

import io.lettuce.core.RedisException;
import io.millrace.connector.ChangeEvents;
import io.millrace.enrichment.cache.StreamCacheWriter.Key;
import io.millrace.loop.InputBatch;
import io.millrace.loop.RewindException;
import io.millrace.loop.TaskContext;
import io.millrace.loop.TaskOutput;
import io.millrace.loop.TaskProcessor;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.UnknownSchemaException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Loads one partition of a stream into its cache. Its position is the one in Redis: where that and
 * the group's differ, it reads again from Redis's, and from the beginning when Redis knows none.
 */
final class StreamCacheProcessor implements TaskProcessor {

  private final CacheDefinition cache;
  private final TaskContext context;
  private final StreamCacheWriter writer;
  private final CacheReadiness readiness;
  private final CacheCodec codec;
  private final EventDecoder decoder;
  private final boolean changeEvents;
  private long position = StreamCacheWriter.NOTHING;
  private boolean found;
  private boolean complete;

  StreamCacheProcessor(
      CacheDefinition cache,
      TaskContext context,
      StreamCacheWriter writer,
      CacheReadiness readiness,
      SchemaStore schemas) {
    this.cache = cache;
    this.context = context;
    this.writer = writer;
    this.readiness = readiness;
    this.codec = new CacheCodec(cache);
    this.changeEvents = cache.stream().getKind() == StreamKind.CHANGES;
    this.decoder =
        new EventDecoder(
            changeEvents ? ChangeEvents.of(cache.row()) : cache.nullableRow(), schemas);
  }

  @Override
  public void process(List<InputBatch> batches, TaskOutput output) {
    try {
      if (!found) {
        find("it is loaded from where it stands");
      }
      for (InputBatch batch : batches) {
        if (batch.replay()) {
          replay(batch.records(), output);
        } else {
          load(batch.records(), output);
        }
      }
    } catch (RedisException e) {
      found = false;
      throw SharedCache.away(e);
    }
  }

  @Override
  public void tick(long nowMillis, TaskOutput output) {
    try {
      if (!found) {
        find("it is loaded from where it stands");
      }
      if (writer.position(context.task()) != position) {
        find("Redis lost data of it");
      }
      if (!complete && readiness.captured() && context.atEnd()) {
        if (position == StreamCacheWriter.NOTHING) {
          apply(0, Map.of());
        }
        writer.complete(context.task(), readiness.partitions());
        complete = true;
      }
      readiness.observe(writer.isOpen(), writer.rows());
    } catch (RedisException e) {
      found = false;
      throw SharedCache.away(e);
    }
  }

  private void load(List<ConsumerRecord<byte[], byte[]>> records, TaskOutput output) {
    Map<Key, byte[]> changes = new LinkedHashMap<>();
    long behind = position;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() < position) {
        continue;
      }
      if (change(record, changes, output)) {
        apply(record.offset(), changes);
        changes.clear();
        writer.truncate(record.partition(), record.timestamp());
      }
      behind = record.offset() + 1;
    }
    if (behind > position) {
      apply(behind, changes);
    }
  }

  /** Dead letters that were corrected: changes without a position. */
  private void replay(List<ConsumerRecord<byte[], byte[]>> records, TaskOutput output) {
    Map<Key, byte[]> changes = new LinkedHashMap<>();
    records.forEach(record -> change(record, changes, output));
    if (position != StreamCacheWriter.NOTHING) {
      apply(position, changes);
    }
  }

  /** Puts what an event changes with the changes; true for a truncation of the table. */
  private boolean change(
      ConsumerRecord<byte[], byte[]> record, Map<Key, byte[]> changes, TaskOutput output) {
    if (record.value() == null) {
      return false;
    }
    try {
      Object[] event = decoder.decode(record.value());
      if (!changeEvents) {
        put(record, event, changes);
        return false;
      }
      if (ChangeEvents.TRUNCATE.equals(event[ChangeEvents.OP])) {
        return true;
      }
      Object[] before = (Object[]) event[ChangeEvents.BEFORE];
      Object[] after = (Object[]) event[ChangeEvents.AFTER];
      Object[] old = before == null ? null : codec.keyOf(before);
      if (old != null) {
        changes.put(new Key(codec.encodeKey(old)), null);
      }
      if (after != null) {
        put(record, after, changes);
      }
    } catch (MalformedEventException | IllegalArgumentException e) {
      output.reject(record, "MALFORMED_EVENT", e.getMessage(), null);
    } catch (UnknownSchemaException e) {
      output.reject(record, "UNKNOWN_SCHEMA", e.getMessage(), null);
    }
    return false;
  }

  private void put(ConsumerRecord<byte[], byte[]> record, Object[] row, Map<Key, byte[]> changes) {
    Object[] key = codec.keyOf(row);
    if (key == null) {
      throw new IllegalArgumentException(
          "a row of cache %s needs a value in each of %s".formatted(cache.name(), cache.key()));
    }
    changes.put(
        new Key(codec.encodeKey(key)),
        codec.encodeRow(record.partition(), record.timestamp(), row));
  }

  private void apply(long to, Map<Key, byte[]> changes) {
    if (!writer.apply(context.task(), position, to, changes)) {
      find("Redis stands elsewhere than expected");
    }
    position = to;
  }

  /** Takes the position in Redis for true, and has the stream read again from there. */
  private void find(String why) {
    position = writer.position(context.task());
    found = true;
    complete = false;
    throw rewind("cache " + cache.name() + ": " + why, position);
  }

  private RewindException rewind(String why, long to) {
    return new RewindException(
        why,
        Map.of(
            cache.stream().getTopic(),
            to == StreamCacheWriter.NOTHING ? RewindException.BEGINNING : to));
  }
}
