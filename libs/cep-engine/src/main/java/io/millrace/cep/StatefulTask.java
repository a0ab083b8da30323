package io.millrace.cep;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.ErrorCode;
import io.millrace.rows.RowError;
import io.millrace.rows.library.RowException;
import io.millrace.rows.time.ClockState;
import io.millrace.rows.time.InputTime;
import io.millrace.rows.time.SourceClock;
import io.millrace.schemas.event.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stateful query over the events of one task. What it gives is a function of the calls of {@link
 * #process}, {@link #restoreClock} and {@link #advance}, and of what {@link #restore} brought back.
 * For one thread.
 */
public final class StatefulTask {

  private final Graph graph;
  private final Path[] paths;
  private final Map<String, Path[]> byStream = new HashMap<>();
  private final long[] watermarks;
  private final long idleMillis;
  private boolean anyIdle;
  private boolean allIdle;
  private long startedMillis;
  private long lastEventMillis;
  private boolean sawEvents;

  /** A source with its clock and where its rows go. */
  private static final class Path {
    final Source source;
    final SourceClock clock;
    final Step step;

    Path(Source source, SourceClock clock, Step step) {
      this.source = source;
      this.clock = clock;
      this.step = step;
    }
  }

  StatefulTask(
      List<Source> sources, int leaves, Graph graph, Map<String, InputTime> times, long idle) {
    this.graph = graph;
    this.idleMillis = idle / 1000;
    this.watermarks = new long[leaves];
    this.paths = new Path[sources.size()];
    Map<String, List<Path>> grouped = new HashMap<>();
    for (int i = 0; i < paths.length; i++) {
      Source source = sources.get(i);
      InputTime time = times.getOrDefault(source.stream(), InputTime.ofLateness(0));
      SourceClock clock =
          new SourceClock(time.lateness(), time.channels(), source.hasTimeOf(time.column()));
      paths[i] = new Path(source, clock, graph.entry(source.leaf()));
      grouped.computeIfAbsent(source.stream(), s -> new ArrayList<>()).add(paths[i]);
    }
    grouped.forEach((stream, list) -> byStream.put(stream, list.toArray(Path[]::new)));
    java.util.Arrays.fill(watermarks, SourceClock.NONE);
  }

  /**
   * Processes events of one input, one after the other.
   *
   * @param rows laid out as the stream's columns; may be kept
   * @param times the times of their records, microseconds
   * @param channels for each the upstream task that it came from, 0 where there is one only
   */
  public void process(
      String input, List<Object[]> rows, long[] times, int[] channels, Refusals refusals) {
    process(input, rows, times, channels, List.of(), refusals);
  }

  /**
   * The same with what the writers of the events say of their time.
   *
   * @param watermarks those that stand among the events, in their order
   */
  public void process(
      String input,
      List<Object[]> rows,
      long[] times,
      int[] channels,
      List<Watermark> watermarks,
      Refusals refusals) {
    Path[] reading = byStream.get(input);
    if (reading == null) {
      throw new IllegalArgumentException("the query does not read " + input);
    }
    sawEvents |= !rows.isEmpty();
    int told = 0;
    for (int i = 0; i < rows.size(); i++) {
      while (told < watermarks.size() && watermarks.get(told).at() <= i) {
        told(reading, watermarks.get(told++));
      }
      Object[] row = rows.get(i);
      boolean moved = false;
      for (Path path : reading) {
        Long time = take(path, row, times[i], i, refusals);
        if (time != null) {
          long before = path.clock.watermark();
          path.clock.event(channels[i], time);
          moved |= path.clock.watermark() != before;
        }
      }
      if (moved || anyIdle) {
        follow();
      }
    }
    while (told < watermarks.size()) {
      told(reading, watermarks.get(told++));
    }
  }

  private void told(Path[] reading, Watermark watermark) {
    for (Path path : reading) {
      path.clock.watermark(watermark.channel(), watermark.time(), watermark.kind());
    }
    follow();
  }

  /** Hands one event on; returns its time, or null when it has none. */
  private static Long take(Path path, Object[] row, long recorded, int index, Refusals refusals) {
    Long time = null;
    try {
      time = path.source.time(row, recorded);
      Object[] taken = path.source.function() == null ? row : path.source.function().apply(row);
      if (taken == null) {
        return time;
      }
      if (time == null) {
        refusals.failed(
            new RowError(
                index,
                ErrorCode.NO_EVENT_TIME,
                "the event has no time: the column that the query takes it from is NULL; leave such"
                    + " events out with WHERE … IS NOT NULL, or give them a time with COALESCE",
                null));
      } else if (!path.step.row(taken, time)) {
        refusals.late(index, path.clock.watermark());
      }
    } catch (RowException e) {
      refusals.failed(new RowError(index, e.code(), e.getMessage(), e.expression()));
    }
    return time;
  }

  /**
   * Looks at the wall clock: an input that was silent for too long does not hold up the others any
   * more, and when all are silent, time goes on by itself, as fast as the clock on the wall.
   *
   * @return whether anything came of it: then {@link #clock} has to be journalled
   */
  public boolean tick(long nowMillis) {
    if (startedMillis == 0) {
      startedMillis = nowMillis;
    }
    if (sawEvents || lastEventMillis == 0) {
      lastEventMillis = nowMillis;
      sawEvents = false;
    }
    boolean changed = false;
    allIdle = true;
    boolean wasIdle = anyIdle;
    anyIdle = false;
    for (Path path : paths) {
      changed |= path.clock.tick(nowMillis, idleMillis);
      boolean idle =
          path.clock.idle() && (path.clock.saidIdle() || nowMillis - startedMillis >= idleMillis);
      allIdle &= idle;
      anyIdle |= idle;
    }
    changed |= anyIdle != wasIdle;
    if (!anyIdle) {
      if (changed) {
        follow();
      }
      return changed;
    }
    if (!allIdle || !graph.waits()) {
      return follow() || changed;
    }
    long silentMicros = (nowMillis - lastEventMillis) * 1000;
    long furthest = SourceClock.NONE;
    for (Path path : paths) {
      long highest = path.clock.highest();
      if (highest != SourceClock.NONE) {
        furthest = Math.max(furthest, highest - path.clock.lateness() - 1 + silentMicros);
      }
    }
    // Those that lag behind, or never had an event, follow: nothing holds the others up any more.
    for (Path path : paths) {
      long before = path.clock.watermark();
      path.clock.pull(furthest);
      changed |= path.clock.watermark() != before;
    }
    follow();
    return changed;
  }

  /** Tells all operators that time has come to this point, whatever the inputs say. */
  public void advance(long time) {
    for (Path path : paths) {
      path.clock.pull(time);
    }
    follow();
  }

  /**
   * The time that all inputs have reached, microseconds; {@link Long#MIN_VALUE} before the first.
   */
  public long watermark() {
    long low = Long.MAX_VALUE;
    for (Path path : paths) {
      low = Math.min(low, path.clock.watermark());
    }
    return low;
  }

  /**
   * The time that its results have reached: none that is still to come has this one or one before;
   * {@link Long#MIN_VALUE} before the first. Microseconds.
   */
  public long resultWatermark() {
    return graph.reached(watermarks);
  }

  /** Whether nothing can come out before one of its inputs has something to say again. */
  public boolean idle() {
    return allIdle && !graph.waits();
  }

  /**
   * How many bytes of heap what it remembers takes, about: right within a factor of two, but for
   * what an EPL engine holds, which is not known.
   */
  public long remembers() {
    return graph.remembers();
  }

  /** The whole state of the clock. */
  public byte[] clock() {
    StateWriter out = new StateWriter();
    saveClock(out);
    return out.toBytes();
  }

  /** Sets the clock to what {@link #clock} gave, and has the operators follow. */
  public void restoreClock(byte[] clock) {
    readClock(new StateReader(clock));
    graph.advance(watermarks);
  }

  /**
   * Everything that the task remembers, clock included.
   *
   * @throws UnsupportedOperationException if the query does not save
   */
  public byte[] save() {
    StateWriter out = new StateWriter();
    saveClock(out);
    graph.save(out);
    return out.toBytes();
  }

  /** Takes over what a task of the same query has saved; called before anything else. */
  public void restore(byte[] state) {
    StateReader in = new StateReader(state);
    readClock(in);
    graph.restore(in);
  }

  private void saveClock(StateWriter out) {
    out.writeBoolean(anyIdle);
    for (Path path : paths) {
      saveClock(path.clock.state(), out);
    }
    for (long watermark : watermarks) {
      out.writeLong(watermark);
    }
  }

  private void readClock(StateReader in) {
    anyIdle = in.readBoolean();
    for (Path path : paths) {
      path.clock.restore(readClockState(in));
    }
    for (int i = 0; i < watermarks.length; i++) {
      watermarks[i] = in.readLong();
    }
  }

  private static void saveClock(ClockState clock, StateWriter out) {
    out.writeLong(clock.watermark());
    out.writeBoolean(clock.settled());
    out.writeInt(clock.channels().size());
    for (ClockState.Channel channel : clock.channels()) {
      out.writeInt(channel.number());
      out.writeInt(channel.mode().ordinal());
      out.writeLong(channel.highest());
      out.writeLong(channel.told());
      out.writeBoolean(channel.idle());
    }
  }

  private static ClockState readClockState(StateReader in) {
    long watermark = in.readLong();
    boolean settled = in.readBoolean();
    List<ClockState.Channel> channels = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      channels.add(
          new ClockState.Channel(
              in.readInt(),
              ClockState.Mode.values()[in.readInt()],
              in.readLong(),
              in.readLong(),
              in.readBoolean()));
    }
    return new ClockState(watermark, settled, channels);
  }

  /** Brings the operators to where the clocks are; false when they are there already. */
  private boolean follow() {
    if (anyIdle) {
      pullIdle();
    }
    boolean moved = false;
    if (paths.length == watermarks.length) {
      for (Path path : paths) {
        int leaf = path.source.leaf();
        long reached = path.clock.watermark();
        if (reached > watermarks[leaf]) {
          watermarks[leaf] = reached;
          moved = true;
        }
      }
    } else {
      moved = followUnions();
    }
    if (moved) {
      graph.advance(watermarks);
    }
    return moved;
  }

  /** A leaf that several streams lead to has come as far as the slowest of them. */
  private boolean followUnions() {
    boolean moved = false;
    for (int leaf = 0; leaf < watermarks.length; leaf++) {
      long low = Long.MAX_VALUE;
      for (Path path : paths) {
        if (path.source.leaf() == leaf) {
          low = Math.min(low, path.clock.watermark());
        }
      }
      if (low > watermarks[leaf]) {
        watermarks[leaf] = low;
        moved = true;
      }
    }
    return moved;
  }

  /** Sources that are silent follow the slowest of those that are not. */
  private void pullIdle() {
    long low = Long.MAX_VALUE;
    boolean idle = false;
    for (Path path : paths) {
      if (path.clock.idle()) {
        idle = true;
      } else {
        low = Math.min(low, path.clock.watermark());
      }
    }
    if (low == Long.MAX_VALUE) {
      return;
    }
    anyIdle = idle;
    for (Path path : paths) {
      if (path.clock.idle()) {
        path.clock.pull(low);
      }
    }
  }
}
