package io.millrace.analytics.query;

import io.millrace.analytics.query.InputReader.Events;
import io.millrace.cep.Refusals;
import io.millrace.loop.TaskOutput;
import io.millrace.rows.RowError;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Has what a task does not take become dead letters. */
final class RefusedEvents implements Refusals {

  /** For events that became dead letters the first time. */
  static final Refusals SILENT = new Silent();

  private final QueryMeter meter;
  private final InputReader reader;
  private final Events events;
  private final TaskOutput output;

  RefusedEvents(QueryMeter meter, InputReader reader, Events events, TaskOutput output) {
    this.meter = meter;
    this.reader = reader;
    this.events = events;
    this.output = output;
  }

  @Override
  public void late(int index, long watermark) {
    meter.late.increment();
    output.setAside(
        events.records().get(index),
        "LATE_EVENT",
        ("the event came when time had gone on to %s, and what it belongs to had been given out;"
                + " ALLOW LATENESS on %s lets events come later")
            .formatted(
                Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(watermark)), reader.name()),
        reader.text(events.rows().get(index)));
  }

  @Override
  public void failed(RowError error) {
    output.reject(
        events.records().get(error.index()),
        error.code().name(),
        Results.reason(error),
        reader.text(events.rows().get(error.index())));
  }

  private static final class Silent implements Refusals {
    @Override
    public void late(int index, long watermark) {}

    @Override
    public void failed(RowError error) {}
  }
}
