package io.millrace.enrichment.query;

import io.millrace.flow.query.CompiledQuery;
import io.millrace.host.query.OutputWatermarks;
import io.millrace.host.query.QueryPlan;
import io.millrace.loop.Channel;
import io.millrace.loop.InputBatch;
import io.millrace.loop.TaskOutput;
import io.millrace.rows.time.ResultTimes;
import io.millrace.rows.time.SourceClock;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.Watermark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How far time has come in the results of one task of a query, each input by itself: it goes on
 * with events that the query leaves out, too.
 */
final class TaskClock {

  private static final long USUAL_IDLE_MILLIS = 60_000;

  /** How long an input of which nothing was heard holds time up, when nothing else is said. */
  private static final long USUAL_FIRST_MILLIS = 10_000;

  private final Map<String, Input> inputs = new HashMap<>();
  private final OutputWatermarks told;
  private final long idleMillis;
  private final long firstMillis;
  private long startedMillis;
  private boolean patient = true;

  /**
   * @param times null when the results' times cannot be told from the events
   */
  private record Input(int channel, ResultTimes times, SourceClock clock) {}

  TaskClock(QueryPlan plan, CompiledQuery query, int task) {
    this.told = new OutputWatermarks(plan);
    this.idleMillis = plan.idleMillis(USUAL_IDLE_MILLIS);
    this.firstMillis = plan.idleMillis(USUAL_FIRST_MILLIS);
    int column = QueryPlan.timeColumn(plan.output());
    for (int i = 0; i < plan.inputs().size(); i++) {
      StreamDefinition input = plan.inputs().get(i);
      ResultTimes times =
          ResultTimes.of(query, input.getName(), plan.rows().get(input.getName()), column);
      SourceClock clock =
          new SourceClock(
              input.getAllowedLatenessMillis() * 1000,
              plan.channels().getOrDefault(input.getName(), List.of()),
              times != null && times.isColumn(QueryPlan.timeColumn(input)));
      inputs.put(
          input.getTopic(),
          new Input(Channel.number(task, i, plan.inputs().size(), plan.writer()), times, clock));
    }
  }

  /**
   * What a batch says.
   *
   * @param rows its events, null for what could not be read
   */
  void events(InputBatch batch, List<Object[]> rows) {
    Input input = inputs.get(batch.input().topic());
    if (input.times() == null || batch.replay()) {
      return;
    }
    List<Watermark> watermarks = batch.watermarks();
    int next = 0;
    for (int i = 0; i <= rows.size(); i++) {
      while (next < watermarks.size() && watermarks.get(next).at() <= i) {
        Watermark watermark = watermarks.get(next++);
        input.clock().watermark(watermark.channel(), watermark.time(), watermark.kind());
      }
      if (i == rows.size() || rows.get(i) == null) {
        continue;
      }
      ConsumerRecord<byte[], byte[]> record = batch.records().get(i);
      Long time = input.times().of(rows.get(i), record.timestamp() * 1000);
      if (time != null) {
        input.clock().event(Channel.of(record), time);
      }
    }
  }

  void tick(long nowMillis) {
    if (startedMillis == 0) {
      startedMillis = nowMillis;
    }
    patient = nowMillis - startedMillis < firstMillis;
    for (Input input : inputs.values()) {
      input.clock().tick(nowMillis, idleMillis);
    }
  }

  void tell(TaskOutput output) {
    for (Input input : inputs.values()) {
      if (input.times() == null) {
        told.tell(input.channel(), Watermark.NONE, Watermark.Kind.UNKNOWN, output);
        continue;
      }
      SourceClock clock = input.clock();
      boolean idle = clock.idle() && (clock.saidIdle() || !patient);
      told.tell(
          input.channel(),
          clock.watermark(),
          idle ? Watermark.Kind.IDLE : Watermark.Kind.ACTIVE,
          output);
    }
  }
}
