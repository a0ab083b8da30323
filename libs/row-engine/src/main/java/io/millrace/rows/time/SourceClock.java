package io.millrace.rows.time;

import io.millrace.rows.time.ClockState.Mode;
import io.millrace.schemas.event.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The time that a stream has reached for one task: that of its slowest channel that is not idle. A
 * channel's time is what its watermarks say; without such, that of its latest event less the
 * lateness that is allowed. Never goes back. For one thread.
 */
public final class SourceClock {

  /** Before all times. */
  public static final long NONE = Watermark.NONE;

  /**
   * How long a channel that never had an event holds time up at most, from the first event of
   * another one on: what is written at the same time may arrive one after the other.
   */
  private static final long NEWBORN_MILLIS = 10_000;

  /** How long the first watermark of a channel is waited for. */
  private static final long UNDECIDED_MILLIS = 30_000;

  private final long lateness;
  private final List<Integer> expected;
  private final boolean follows;
  private Channel[] channels = {};
  private Channel last;
  private long watermark = NONE;
  private long slowest = NONE;
  private long firstHeardMillis;
  private boolean settled;

  private static final class Channel {
    final int number;
    Mode mode;
    long highest = NONE;
    long told = NONE;
    boolean idle;
    boolean seen;
    long lastSeenMillis;

    Channel(int number, Mode mode) {
      this.number = number;
      this.mode = mode;
    }

    boolean isNewborn() {
      return highest == NONE && told == NONE;
    }

    long reached(long lateness) {
      return switch (mode) {
        case EVENTS -> highest == NONE ? NONE : highest - lateness - 1;
        case WATERMARKS -> told;
        case UNDECIDED -> NONE;
      };
    }
  }

  /**
   * @param lateness microseconds
   * @param expected channels that will come: time does not go on before they have been heard of, or
   *     were silent for too long. Empty: they are not known
   * @param follows whether what watermarks say holds for the times that {@link #event} is told
   */
  public SourceClock(long lateness, List<Integer> expected, boolean follows) {
    this.lateness = lateness;
    this.expected = List.copyOf(expected);
    this.follows = follows;
    this.channels = expected.stream().map(this::first).toArray(Channel[]::new);
  }

  private Channel first(int number) {
    return new Channel(number, follows ? Mode.UNDECIDED : Mode.EVENTS);
  }

  /** The time that all channels have reached: earlier events are late. */
  public long watermark() {
    return watermark;
  }

  /** An event of a channel; called after the event was handed on. */
  public void event(int number, long time) {
    Channel channel = last != null && last.number == number ? last : find(number);
    channel.seen = true;
    if (channel.idle) {
      channel.idle = false;
      slowest = NONE;
    }
    if (time <= channel.highest) {
      return;
    }
    if (channel.mode != Mode.EVENTS) {
      channel.highest = time;
      return;
    }
    boolean wasSlowest = channel.reached(lateness) <= slowest;
    channel.highest = time;
    if (wasSlowest || channels.length == 1) {
      follow();
    }
  }

  /** What a channel says of itself. */
  public void watermark(int number, long time, Watermark.Kind kind) {
    Channel channel = find(number);
    channel.seen = true;
    channel.idle = kind == Watermark.Kind.IDLE;
    if (!follows) {
      follow();
      return;
    }
    channel.mode = kind == Watermark.Kind.UNKNOWN ? Mode.EVENTS : Mode.WATERMARKS;
    channel.told = Math.max(channel.told, time);
    follow();
  }

  /** Takes the time on to where others are; for a source that has nothing to say. */
  public void pull(long to) {
    if (to > watermark) {
      watermark = to;
    }
  }

  /** Whether all its channels are idle, or it has none. */
  public boolean idle() {
    for (Channel channel : channels) {
      if (!channel.idle) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is idle because all its channels said so, and not because nothing was heard. */
  public boolean saidIdle() {
    for (Channel channel : channels) {
      if (!channel.idle || channel.mode != Mode.WATERMARKS) {
        return false;
      }
    }
    return channels.length > 0;
  }

  /** The time of its latest event, or {@link #NONE}. */
  public long highest() {
    long highest = NONE;
    for (Channel channel : channels) {
      highest = Math.max(highest, channel.highest);
    }
    return highest;
  }

  /** How much later than others events may come, microseconds. */
  public long lateness() {
    return lateness;
  }

  /**
   * Finds channels that have been silent for too long. One that gives watermarks is not: it says
   * itself when it is idle.
   *
   * @return whether one was
   */
  public boolean tick(long nowMillis, long idleMillis) {
    boolean changed = false;
    for (Channel channel : channels) {
      if (channel.mode == Mode.WATERMARKS) {
        continue;
      }
      if (channel.lastSeenMillis == 0 || (channel.mode == Mode.EVENTS && channel.seen)) {
        channel.seen = false;
        channel.lastSeenMillis = nowMillis;
      } else if (!channel.idle
          && nowMillis - channel.lastSeenMillis >= patience(channel, idleMillis)) {
        channel.idle = channel.mode == Mode.EVENTS || channel.highest == NONE;
        channel.mode = Mode.EVENTS;
        changed = true;
      }
    }
    changed |= settle(nowMillis, idleMillis);
    if (changed) {
      follow();
    }
    return changed;
  }

  private static long patience(Channel channel, long idleMillis) {
    return channel.mode == Mode.UNDECIDED ? UNDECIDED_MILLIS : idleMillis;
  }

  private boolean settle(long nowMillis, long idleMillis) {
    if (settled || highest() == NONE) {
      return false;
    }
    if (firstHeardMillis == 0) {
      firstHeardMillis = nowMillis;
    }
    settled = nowMillis - firstHeardMillis >= Math.min(idleMillis, NEWBORN_MILLIS);
    return settled;
  }

  private boolean waitsFor(Channel channel) {
    return !channel.idle || (!settled && channel.isNewborn());
  }

  private Channel find(int number) {
    for (Channel channel : channels) {
      if (channel.number == number) {
        last = channel;
        return channel;
      }
    }
    Channel[] more = Arrays.copyOf(channels, channels.length + 1);
    last = new Channel(number, Mode.EVENTS);
    more[channels.length] = last;
    channels = more;
    slowest = NONE;
    return last;
  }

  private void follow() {
    long low = Long.MAX_VALUE;
    for (Channel channel : channels) {
      if (waitsFor(channel)) {
        low = Math.min(low, channel.reached(lateness));
      }
    }
    if (low == Long.MAX_VALUE) {
      // None holds up the others any more.
      for (Channel channel : channels) {
        pull(channel.told);
      }
      return;
    }
    slowest = low;
    pull(low);
  }

  /** What it remembers. */
  public ClockState state() {
    List<ClockState.Channel> states = new ArrayList<>(channels.length);
    for (Channel channel : channels) {
      states.add(
          new ClockState.Channel(
              channel.number, channel.mode, channel.highest, channel.told, channel.idle));
    }
    return new ClockState(watermark, settled, states);
  }

  /** Takes over what another one remembered; channels that are not expected now are forgotten. */
  public void restore(ClockState state) {
    watermark = state.watermark();
    settled = state.settled();
    last = null;
    slowest = NONE;
    List<Channel> restored = new ArrayList<>();
    for (ClockState.Channel saved : state.channels()) {
      if (expected.isEmpty() || expected.contains(saved.number())) {
        Channel channel = new Channel(saved.number(), saved.mode());
        channel.highest = saved.highest();
        channel.told = saved.told();
        channel.idle = saved.idle();
        restored.add(channel);
      }
    }
    for (int number : expected) {
      if (restored.stream().noneMatch(c -> c.number == number)) {
        restored.add(first(number));
      }
    }
    channels = restored.toArray(Channel[]::new);
    long low = Long.MAX_VALUE;
    for (Channel channel : channels) {
      if (waitsFor(channel)) {
        low = Math.min(low, channel.reached(lateness));
      }
    }
    slowest = low == Long.MAX_VALUE ? NONE : low;
  }
}
