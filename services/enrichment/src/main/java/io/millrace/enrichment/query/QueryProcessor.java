package io.millrace.enrichment.query;

import io.millrace.host.query.OutputKey;
import io.millrace.host.query.OutputTime;
import io.millrace.host.query.QueryPlan;
import io.millrace.loop.InputBatch;
import io.millrace.loop.TaskOutput;
import io.millrace.loop.TaskProcessor;
import io.millrace.rows.CacheReader;
import io.millrace.rows.RowError;
import io.millrace.rows.RowSink;
import io.millrace.rows.StatelessQuery;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.UnknownSchemaException;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One task of a query: bytes to rows, through the compiled query, to bytes. What cannot be decoded,
 * computed or encoded goes to the dead letters, each event by itself.
 */
final class QueryProcessor implements TaskProcessor {

  private final StatelessQuery query;
  private final CacheReader caches;
  private final Misses misses;
  private final EventEncoder encoder;
  private final OutputKey key;
  private final OutputTime time;
  private final String topic;
  private final TaskClock clock;
  private final Map<String, Input> inputs = new HashMap<>();

  private record Input(String name, EventDecoder decoder, EventJson json) {}

  /**
   * @param clock null when nobody goes by the time of its results
   */
  QueryProcessor(
      QueryPlan definition,
      StatelessQuery query,
      SchemaStore schemas,
      CacheReader caches,
      Misses misses,
      TaskClock clock) {
    this.query = query;
    this.caches = caches;
    this.misses = misses;
    this.clock = clock;
    this.encoder = EventEncoder.announced(definition.outputSchema(), schemas);
    RowType output = AvroTypes.toRow(definition.outputSchema());
    this.key = OutputKey.of(definition.output(), output);
    this.time = OutputTime.of(definition.output(), output);
    this.topic = definition.output().getTopic();
    for (StreamDefinition input : definition.inputs()) {
      RowType row = AvroTypes.toRow(input.getRowSchema());
      inputs.put(
          input.getTopic(),
          new Input(input.getName(), new EventDecoder(row, schemas), new EventJson(row)));
    }
  }

  @Override
  public void process(List<InputBatch> batches, TaskOutput output) {
    List<List<Object[]>> rows = new ArrayList<>(batches.size());
    for (InputBatch batch : batches) {
      rows.add(process(inputs.get(batch.input().topic()), batch.records(), output));
    }
    if (clock == null) {
      return;
    }
    // Only now: the caches may have put off the whole call.
    for (int i = 0; i < batches.size(); i++) {
      clock.events(batches.get(i), rows.get(i));
    }
    clock.tell(output);
  }

  @Override
  public void tick(long nowMillis, TaskOutput output) {
    if (clock != null) {
      clock.tick(nowMillis);
      clock.tell(output);
    }
  }

  /** The rows of a batch; null for what could not be read. */
  private List<Object[]> process(
      Input input, List<ConsumerRecord<byte[], byte[]>> records, TaskOutput output) {
    List<Object[]> all = new ArrayList<>(records.size());
    List<Object[]> rows = new ArrayList<>(records.size());
    List<ConsumerRecord<byte[], byte[]>> decoded = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        Object[] row = input.decoder().decode(record.value());
        rows.add(row);
        all.add(row);
        decoded.add(record);
        continue;
      } catch (MalformedEventException e) {
        output.reject(record, "MALFORMED_EVENT", e.getMessage(), null);
      } catch (UnknownSchemaException e) {
        output.reject(record, "UNKNOWN_SCHEMA", e.getMessage(), null);
      }
      all.add(null);
    }
    query.process(input.name(), rows, caches, new Sink(input, decoded, rows, output));
    return all;
  }

  private final class Sink implements RowSink {

    private final Input input;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final List<Object[]> rows;
    private final TaskOutput output;

    Sink(
        Input input,
        List<ConsumerRecord<byte[], byte[]>> records,
        List<Object[]> rows,
        TaskOutput output) {
      this.input = input;
      this.records = records;
      this.rows = rows;
      this.output = output;
    }

    @Override
    public void row(int index, Object[] row) {
      ConsumerRecord<byte[], byte[]> cause = records.get(index);
      byte[] value;
      byte[] keyBytes;
      long timestamp;
      try {
        value = encoder.encode(row);
        keyBytes = key.of(row, cause.key());
        timestamp = time.of(row, cause.timestamp());
      } catch (IllegalArgumentException e) {
        output.reject(cause, "VALUE_OUT_OF_RANGE", e.getMessage(), text(index));
        return;
      }
      output.emit(cause, topic, keyBytes, value, timestamp);
    }

    @Override
    public void failed(RowError error) {
      String reason =
          error.expression() == null || error.message().contains(error.expression())
              ? error.message()
              : error.message() + " in " + error.expression();
      output.reject(records.get(error.index()), error.code().name(), reason, text(error.index()));
    }

    @Override
    public void missed(String cache, int count) {
      misses.add(cache, count);
    }

    private String text(int index) {
      return input.json().write(rows.get(index));
    }
  }
}
