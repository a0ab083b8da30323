package io.millrace.oracle;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.types.Row;

/** A watermark after each event, so that what is late follows from the input alone. */
final class Punctuated implements WatermarkGenerator<Row> {
  private final long lateness;
  private long latest = Long.MIN_VALUE;

  Punctuated(long lateness) {
    this.lateness = lateness;
  }

  @Override
  public void onEvent(Row row, long time, WatermarkOutput output) {
    latest = Math.max(latest, time);
    output.emitWatermark(new Watermark(latest - lateness - 1));
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {}
}
