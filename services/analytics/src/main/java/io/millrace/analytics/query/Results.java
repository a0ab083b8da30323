package io.millrace.analytics.query;

import io.millrace.host.query.OutputKey;
import io.millrace.host.query.OutputTime;
import io.millrace.host.query.QueryPlan;
import io.millrace.loop.TaskOutput;
import io.millrace.rows.RowError;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;

/** Makes events of what a task gives. For one thread. */
final class Results implements io.millrace.cep.TaskOutput {

  private final int task;
  private final String topic;
  private final EventEncoder encoder;
  private final EventJson json;
  private final OutputKey key;
  private final OutputTime time;
  private TaskOutput output;
  private long call;
  private int failures;
  private long watermarkMillis;

  Results(QueryPlan query, int task, SchemaStore schemas) {
    RowType row = AvroTypes.toRow(query.output().getRowSchema());
    this.task = task;
    this.topic = query.output().getTopic();
    this.encoder = EventEncoder.announced(query.outputSchema(), schemas);
    this.json = new EventJson(row);
    this.key = OutputKey.of(query.output(), row);
    this.time = OutputTime.of(query.output(), row);
  }

  /**
   * Says where what follows goes.
   *
   * @param to null: nowhere, for it has gone out already
   * @param number of the call, for the names of failures
   * @param reached the event time that the task has reached, microseconds
   */
  void to(TaskOutput to, long number, long reached) {
    output = to;
    call = number;
    failures = 0;
    watermarkMillis = Math.max(0, Math.floorDiv(reached, 1000L));
  }

  @Override
  public void row(Object[] row, long micros) {
    if (output == null) {
      return;
    }
    long millis = Math.max(0, Math.floorDiv(micros, 1000L));
    byte[] keyBytes;
    byte[] value;
    long timestamp;
    try {
      value = encoder.encode(row);
      keyBytes = key.of(row, null);
      timestamp = time.of(row, millis);
    } catch (IllegalArgumentException e) {
      failed("VALUE_OUT_OF_RANGE", e.getMessage(), json.write(row), millis);
      return;
    }
    output.emit(null, topic, keyBytes, value, timestamp);
  }

  @Override
  public void failed(RowError error) {
    if (output != null) {
      failed(error.code().name(), reason(error), null, watermarkMillis);
    }
  }

  private void failed(String code, String reason, String text, long millis) {
    output.failed("result-%d-%d-%d".formatted(task, call, failures++), millis, code, reason, text);
  }

  /** For a person. */
  static String reason(RowError error) {
    return error.expression() == null || error.message().contains(error.expression())
        ? error.message()
        : error.message() + " in " + error.expression();
  }
}
