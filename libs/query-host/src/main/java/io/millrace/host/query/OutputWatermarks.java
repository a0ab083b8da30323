package io.millrace.host.query;

import io.millrace.loop.TaskOutput;
import io.millrace.schemas.event.Watermark;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells those who read a query's output how far time has come, if one of them goes by time: when it
 * has gone on, though not more often than they need. For one task.
 */
public final class OutputWatermarks {

  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final String topic;
  private final int partitions;
  private final Readers readers;
  private final Map<Integer, Told> last = new HashMap<>();

  /** Who goes by the time of a query's output. */
  public enum Readers {
    NONE,
    /** They remember what they were told. */
    REMEMBERING,
    /** Some remember nothing: after a restart they have to be told again. */
    FORGETFUL
  }

  private record Told(long time, Watermark.Kind kind, long atNanos) {}

  public OutputWatermarks(QueryPlan plan) {
    this.topic = plan.output().getTopic();
    this.partitions = plan.output().getPartitions();
    this.readers = plan.readers();
  }

  /**
   * Says how far a channel has come.
   *
   * @param channel a {@link io.millrace.loop.Channel} number of the task
   * @param time later results are later than this; microseconds
   */
  public void tell(int channel, long time, Watermark.Kind kind, TaskOutput output) {
    if (readers == Readers.NONE) {
      return;
    }
    // Records know milliseconds.
    long floor = time == Watermark.NONE ? time : Math.floorDiv(time + 1, 1000L) * 1000 - 1;
    long now = System.nanoTime();
    Told before = last.get(channel);
    if (before != null && !isNews(before, floor, kind, now)) {
      return;
    }
    output.watermark(topic, partitions, channel, floor, kind);
    last.put(channel, new Told(floor, kind, now));
  }

  private boolean isNews(Told before, long time, Watermark.Kind kind, long now) {
    long since = now - before.atNanos();
    return before.kind() != kind
        || (time > before.time() && since >= PACE_NANOS)
        || (readers == Readers.FORGETFUL && since >= REPEAT_NANOS);
  }
}
