package io.millrace.analytics.query;

import io.millrace.loop.Channel;
import io.millrace.loop.InputBatch;
import io.millrace.loop.TaskOutput;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.UnknownSchemaException;
import io.millrace.schemas.event.Watermark;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes rows of the events of one input. For one thread. */
final class InputReader {

  private final int index;
  private final String name;
  private final RowType row;
  private final EventDecoder decoder;
  private final EventJson json;

  /** Where the columns that are read stand in the row; null: all do, in their order. */
  private final int[] columns;

  /**
   * @param index its position among the query's inputs
   */
  InputReader(int index, StreamDefinition stream, SchemaStore schemas) {
    this(index, stream, AvroTypes.toRow(stream.getRowSchema()), schemas);
  }

  /**
   * A reader of events that were read before with other columns. Those that both have come out as
   * they did then, the others are NULL.
   *
   * @param before the columns of then
   */
  InputReader(int index, StreamDefinition stream, RowType before, SchemaStore schemas) {
    this.index = index;
    this.name = stream.getName();
    this.row = AvroTypes.toRow(stream.getRowSchema());
    this.json = new EventJson(row);
    List<Field> fields = row.fields();
    List<Field> both = fields.stream().filter(before.fields()::contains).toList();
    this.columns =
        both.size() == fields.size() ? null : both.stream().mapToInt(fields::indexOf).toArray();
    this.decoder = new EventDecoder(new RowType(both), schemas);
  }

  int index() {
    return index;
  }

  String name() {
    return name;
  }

  String text(Object[] row) {
    return json.write(row);
  }

  /**
   * Events in the shape in which a task takes them.
   *
   * @param records where the rows came from
   * @param times microseconds
   * @param watermarks those that stand among them
   * @param passedOver the offsets of records that are none
   */
  record Events(
      List<ConsumerRecord<byte[], byte[]>> records,
      List<Object[]> rows,
      long[] times,
      int[] channels,
      List<Watermark> watermarks,
      long[] passedOver) {}

  /** What cannot be read goes to the dead letters. */
  Events read(InputBatch batch, TaskOutput output) {
    List<ConsumerRecord<byte[], byte[]>> records = batch.records();
    List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(records.size());
    List<Object[]> rows = new ArrayList<>(records.size());
    long[] passedOver = {};
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        rows.add(row(record));
        taken.add(record);
        continue;
      } catch (MalformedEventException e) {
        output.reject(record, "MALFORMED_EVENT", e.getMessage(), null);
      } catch (UnknownSchemaException e) {
        output.reject(record, "UNKNOWN_SCHEMA", e.getMessage(), null);
      }
      passedOver = Arrays.copyOf(passedOver, passedOver.length + 1);
      passedOver[passedOver.length - 1] = record.offset();
    }
    return events(taken, rows, among(taken, batch), passedOver);
  }

  /** The same events once more: what could not be read the first time is not read this time. */
  Events readAgain(InputBatch batch, long[] passedOver) {
    List<ConsumerRecord<byte[], byte[]>> records = batch.records();
    List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(records.size());
    List<Object[]> rows = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (passedOver.length == 0 || Arrays.binarySearch(passedOver, record.offset()) < 0) {
        rows.add(row(record));
        taken.add(record);
      }
    }
    return events(taken, rows, among(taken, batch), passedOver);
  }

  private Object[] row(ConsumerRecord<byte[], byte[]> record) {
    Object[] read = decoder.decode(record.value());
    if (columns == null) {
      return read;
    }
    Object[] whole = new Object[row.fields().size()];
    for (int i = 0; i < columns.length; i++) {
      whole[columns[i]] = read[i];
    }
    return whole;
  }

  /** Where the watermarks stand when some events are left out. */
  private static List<Watermark> among(
      List<ConsumerRecord<byte[], byte[]>> taken, InputBatch batch) {
    if (batch.watermarks().isEmpty() || taken.size() == batch.records().size()) {
      return batch.watermarks();
    }
    List<Watermark> moved = new ArrayList<>();
    int events = 0;
    int kept = 0;
    for (Watermark watermark : batch.watermarks()) {
      for (; events < watermark.at(); events++) {
        if (kept < taken.size()
            && taken.get(kept).offset() == batch.records().get(events).offset()) {
          kept++;
        }
      }
      moved.add(new Watermark(kept, watermark.channel(), watermark.time(), watermark.kind()));
    }
    return moved;
  }

  private static Events events(
      List<ConsumerRecord<byte[], byte[]>> records,
      List<Object[]> rows,
      List<Watermark> watermarks,
      long[] passedOver) {
    long[] times = new long[rows.size()];
    int[] channels = new int[rows.size()];
    for (int i = 0; i < times.length; i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      times[i] = record.timestamp() * 1000;
      channels[i] = Channel.of(record);
    }
    return new Events(records, rows, times, channels, watermarks, passedOver);
  }
}
