package io.millrace.cep;

import io.millrace.cep.group.GroupChanges;
import io.millrace.cep.group.GroupDisk;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.ErrorCode;
import io.millrace.rows.RowError;
import io.millrace.rows.library.RowException;
import io.millrace.rows.time.SourceClock;
import io.millrace.schemas.event.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A stateful query over the events of one task. What it gives is a function of the calls of {@link
 * #process}, {@link #restoreClock} and {@link #advance}, and of what {@link #restore} brought back.
 * For one thread.
 */
public final class StatefulTask implements AutoCloseable {

  /** Changes with what saved state looks like: state of another format cannot be restored. */
  public static final int FORMAT = 4;

  private final Graph graph;
  private final Clocks clocks;
  private final Map<String, Path[]> byStream = new HashMap<>();
  private final SourceClock[][] ofLeaf;
  private final long[] watermarks;
  private long lastEventMillis;
  private boolean sawEvents;

  /**
   * A source with its clock and where its rows go.
   *
   * @param step null when it only tells the time
   */
  private record Path(Source source, SourceClock clock, Step step) {}

  /**
   * @param sources those that have no clock are left out
   */
  StatefulTask(List<Source> sources, int leaves, Graph graph, Clocks clocks) {
    this.graph = graph;
    this.clocks = clocks;
    this.watermarks = new long[leaves];
    this.ofLeaf = new SourceClock[leaves][];
    Map<String, List<Path>> grouped = new HashMap<>();
    List<List<SourceClock>> clocksOfLeaves = new ArrayList<>();
    for (int leaf = 0; leaf < leaves; leaf++) {
      clocksOfLeaves.add(new ArrayList<>());
    }
    for (Source source : sources) {
      SourceClock clock = clocks.get(source.clock());
      if (clock != null) {
        grouped
            .computeIfAbsent(source.stream(), s -> new ArrayList<>())
            .add(new Path(source, clock, graph.entry(source.leaf())));
        clocksOfLeaves.get(source.leaf()).add(clock);
      }
    }
    grouped.forEach((stream, list) -> byStream.put(stream, list.toArray(Path[]::new)));
    for (int leaf = 0; leaf < leaves; leaf++) {
      ofLeaf[leaf] = clocksOfLeaves.get(leaf).toArray(SourceClock[]::new);
    }
    Arrays.fill(watermarks, SourceClock.NONE);
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
      if (moved || clocks.anyIdle()) {
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
      if (path.step == null) {
        return time;
      }
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
    if (sawEvents || lastEventMillis == 0) {
      lastEventMillis = nowMillis;
      sawEvents = false;
    }
    boolean changed = clocks.tick(nowMillis);
    if (!clocks.anyIdle()) {
      if (changed) {
        follow();
      }
      return changed;
    }
    if (!clocks.allIdle() || !graph.waits()) {
      return follow() || changed;
    }
    changed |= clocks.pullAfter((nowMillis - lastEventMillis) * 1000);
    follow();
    return changed;
  }

  /** Tells all operators that time has come to this point, whatever the inputs say. */
  public void advance(long time) {
    clocks.pull(time);
    follow();
  }

  /**
   * The time that all inputs have reached, microseconds; {@link Long#MIN_VALUE} before the first.
   */
  public long watermark() {
    return clocks.low();
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
    return clocks.allIdle() && !graph.waits();
  }

  /**
   * How many bytes of heap what it remembers takes, about: right within a factor of two, but for
   * what an EPL engine holds, which is not known.
   */
  public long remembers() {
    return graph.remembers();
  }

  /** Where its clocks are. */
  public byte[] clock() {
    StateWriter out = new StateWriter();
    clocks.save(out);
    return out.toBytes();
  }

  /**
   * Sets the clocks to what {@link #clock} of the same query gave, and has the operators follow.
   */
  public void restoreClock(byte[] clock) {
    clocks.restore(new StateReader(clock));
    setLeaves();
    graph.advance(watermarks);
  }

  /**
   * Everything that the task remembers: the format, its clocks, and each operator with its
   * signature. Of groups that are remembered beyond windows it holds only the tags; those that
   * changed since the last call, or since the task began, are handed on.
   *
   * @param life above 0, and greater than in earlier lives of the task
   * @throws UnsupportedOperationException if the query does not save
   */
  public byte[] save(long life, GroupChanges changes) {
    graph.groups().write(life, changes);
    return save();
  }

  private byte[] save() {
    StateWriter out = new StateWriter();
    out.writeInt(FORMAT);
    clocks.saveWhole(out);
    graph.save(out);
    return out.toBytes();
  }

  /**
   * Takes over what a task of the same query has saved, or of another one as far as it fits: what
   * another one does not have begins empty, at the time that the inputs have reached. Called before
   * anything else, and followed by {@link #load} of the groups.
   *
   * @throws IllegalArgumentException if the format is another one
   */
  public void restore(byte[] state) {
    restore(SavedTask.of(state));
  }

  void restore(SavedTask saved) {
    follow(saved);
    graph.advance(watermarks);
  }

  private void follow(SavedTask saved) {
    clocks.follow(saved.clocks());
    setLeaves();
    graph.restore(saved);
  }

  /**
   * Takes in a group as it was handed on; all of them, in their order. Those that were replaced
   * later may be missing. Of tags that it does not know nothing is taken.
   *
   * @param content null when it was forgotten
   */
  public void load(long tag, byte[] key, byte[] content) {
    graph.groups().load(tag, key, content);
  }

  /**
   * Puts groups on disk that were not used for a while. What comes out is the same wherever they
   * are.
   *
   * @param part how much of what they take of the heap they may take afterwards
   * @param least bytes that those of an operator may take in any case
   * @param disks opens a disk when there is something to put there
   * @return false when it can do that only after it has saved
   */
  public boolean spill(double part, long least, Supplier<GroupDisk> disks) {
    return graph.groups().spill(part, least, disks);
  }

  /** How many groups are on disk. */
  public long spilled() {
    return graph.groups().spilled();
  }

  /** Lets go of what is on disk. It is not used any more. */
  @Override
  public void close() {
    graph.groups().close();
  }

  /** The tags of the groups that it has saved or restored. */
  public Set<Long> tags() {
    return graph.groups().tags();
  }

  /** The life of the task in which a tag was given. */
  public static long lifeOf(long tag) {
    return TaskGroups.lifeOf(tag);
  }

  /**
   * Goes on from where a task is that does a part of the same query ({@link Takeover#task}), which
   * is not used any more afterwards. Called before anything else.
   */
  public void continueFrom(StatefulTask part) {
    follow(SavedTask.of(part.save()));
    graph.groups().takeOver(part.graph.groups());
    graph.advance(watermarks);
  }

  private void setLeaves() {
    for (int leaf = 0; leaf < watermarks.length; leaf++) {
      watermarks[leaf] = low(leaf);
    }
  }

  /** Brings the operators to where the clocks are; false when they are there already. */
  private boolean follow() {
    clocks.pullIdle();
    boolean moved = false;
    for (int leaf = 0; leaf < watermarks.length; leaf++) {
      long low = low(leaf);
      if (low > watermarks[leaf]) {
        watermarks[leaf] = low;
        moved = true;
      }
    }
    if (moved) {
      graph.advance(watermarks);
    }
    return moved;
  }

  /** A leaf that several streams lead to has come as far as the slowest of them. */
  private long low(int leaf) {
    SourceClock[] own = ofLeaf[leaf];
    long low = own.length == 0 ? SourceClock.NONE : Long.MAX_VALUE;
    for (SourceClock clock : own) {
      low = Math.min(low, clock.watermark());
    }
    return low;
  }
}
