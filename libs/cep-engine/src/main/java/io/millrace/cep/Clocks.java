package io.millrace.cep;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.time.ClockState;
import io.millrace.rows.time.InputTime;
import io.millrace.rows.time.SourceClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The clocks of a task, one for each stream and column that its sources take their time from; and
 * what silence does to them. For one thread.
 */
final class Clocks {

  private final Map<String, Clock> byKey = new LinkedHashMap<>();
  private final List<SourceClock> all = new ArrayList<>();
  private final long idleMillis;
  private boolean anyIdle;
  private boolean allIdle;
  private long startedMillis;

  /**
   * A clock and what it goes by.
   *
   * @param follows whether it goes by what the writers of its events say
   */
  private record Clock(long lateness, List<Integer> channels, boolean follows, SourceClock clock) {
    static Clock of(long lateness, List<Integer> channels, boolean follows) {
      return new Clock(lateness, channels, follows, new SourceClock(lateness, channels, follows));
    }
  }

  private Clocks(long idleMillis) {
    this.idleMillis = idleMillis;
  }

  /**
   * The clocks that some sources need.
   *
   * @param times what is known of the time of the inputs, by name
   * @param idle how long an input has to be silent until time goes on without it, microseconds
   */
  static Clocks of(List<Source> sources, Map<String, InputTime> times, long idle) {
    Clocks clocks = new Clocks(idle / 1000);
    for (Source source : sources) {
      InputTime time = times.getOrDefault(source.stream(), InputTime.ofLateness(0));
      clocks.add(
          source.clock(),
          Clock.of(time.lateness(), time.channels(), source.hasTimeOf(time.column())));
    }
    return clocks;
  }

  private void add(String key, Clock clock) {
    if (byKey.putIfAbsent(key, clock) == null) {
      all.add(clock.clock());
    }
  }

  /** The clock of a key, or null. */
  SourceClock get(String key) {
    Clock clock = byKey.get(key);
    return clock == null ? null : clock.clock();
  }

  boolean anyIdle() {
    return anyIdle;
  }

  boolean allIdle() {
    return allIdle;
  }

  /** The time that all have reached. */
  long low() {
    long low = Long.MAX_VALUE;
    for (int i = 0; i < all.size(); i++) {
      low = Math.min(low, all.get(i).watermark());
    }
    return low;
  }

  /** Takes all on to a time. */
  void pull(long time) {
    for (SourceClock clock : all) {
      clock.pull(time);
    }
  }

  /** Finds out which are silent; whether anything changed. */
  boolean tick(long nowMillis) {
    if (startedMillis == 0) {
      startedMillis = nowMillis;
    }
    boolean changed = false;
    allIdle = true;
    boolean wasIdle = anyIdle;
    anyIdle = false;
    for (SourceClock clock : all) {
      changed |= clock.tick(nowMillis, idleMillis);
      boolean idle = clock.idle() && (clock.saidIdle() || nowMillis - startedMillis >= idleMillis);
      allIdle &= idle;
      anyIdle |= idle;
    }
    return changed || anyIdle != wasIdle;
  }

  /**
   * Takes all on to where the furthest would be by now. Those that lag behind, or never had an
   * event, follow: nothing holds the others up any more.
   *
   * @return whether any moved
   */
  boolean pullAfter(long silentMicros) {
    long furthest = SourceClock.NONE;
    for (SourceClock clock : all) {
      long highest = clock.highest();
      if (highest != SourceClock.NONE) {
        furthest = Math.max(furthest, highest - clock.lateness() - 1 + silentMicros);
      }
    }
    boolean changed = false;
    for (SourceClock clock : all) {
      long before = clock.watermark();
      clock.pull(furthest);
      changed |= clock.watermark() != before;
    }
    return changed;
  }

  /** Those that are silent follow the slowest of those that are not. */
  void pullIdle() {
    if (!anyIdle) {
      return;
    }
    long low = Long.MAX_VALUE;
    boolean idle = false;
    for (SourceClock clock : all) {
      if (clock.idle()) {
        idle = true;
      } else {
        low = Math.min(low, clock.watermark());
      }
    }
    if (low == Long.MAX_VALUE) {
      return;
    }
    anyIdle = idle;
    for (SourceClock clock : all) {
      if (clock.idle()) {
        clock.pull(low);
      }
    }
  }

  /** Writes where they are, in their order. */
  void save(StateWriter out) {
    out.writeBoolean(anyIdle);
    for (SourceClock clock : all) {
      save(clock.state(), out);
    }
  }

  /** Takes over what clocks of the same keys in the same order have saved. */
  void restore(StateReader in) {
    anyIdle = in.readBoolean();
    for (SourceClock clock : all) {
      clock.restore(state(in));
    }
  }

  /** Writes what they are, then where they are. */
  void saveWhole(StateWriter out) {
    out.writeInt(byKey.size());
    byKey.forEach((key, clock) -> {
      out.writeString(key);
      out.writeLong(clock.lateness());
      out.writeInt(clock.channels().size());
      clock.channels().forEach(out::writeInt);
      out.writeBoolean(clock.follows());
    });
    save(out);
  }

  /** The clocks that others have saved whole, as they were: they go on as those would. */
  static Clocks ofWhole(StateReader in) {
    Clocks clocks = new Clocks(0);
    for (int i = in.readInt(); i > 0; i--) {
      String key = in.readString();
      long lateness = in.readLong();
      List<Integer> channels = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        channels.add(in.readInt());
      }
      clocks.add(key, Clock.of(lateness, channels, in.readBoolean()));
    }
    clocks.restore(in);
    return clocks;
  }

  /** Whether each of these is among others. */
  boolean areAmong(List<Source> sources) {
    return byKey.keySet().stream()
        .allMatch(key -> sources.stream().anyMatch(source -> source.clock().equals(key)));
  }

  /** Goes to where others are. A clock that they do not have stays where it is. */
  void follow(Clocks others) {
    boolean same = true;
    for (Map.Entry<String, Clock> own : byKey.entrySet()) {
      SourceClock other = others.get(own.getKey());
      same &= other != null;
      if (other != null) {
        own.getValue().clock().restore(other.state());
      }
    }
    // A new one that was not heard of yet is not idle; the next tick says what is.
    anyIdle = same && others.anyIdle;
  }

  private static void save(ClockState clock, StateWriter out) {
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

  private static ClockState state(StateReader in) {
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
}
