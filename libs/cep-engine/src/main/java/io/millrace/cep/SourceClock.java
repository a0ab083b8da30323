package io.millrace.cep;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Collection;

/**
 * The time that one source of a task has reached: that of its slowest channel that is not idle,
 * less the lateness that is allowed. Never goes back.
 */
final class SourceClock {

  static final long NONE = Long.MIN_VALUE;

  private final long lateness;
  private Channel[] channels = {};
  private Channel last;
  private long watermark = NONE;
  private long slowest = NONE;

  /** How long a channel that was never heard of holds time up at most. */
  private static final long LONGEST_FIRST_MILLIS = 10_000;

  /**
   * @param lateness microseconds
   * @param expected channels that will come: time does not go on before they have been heard of, or
   *     were silent for too long
   */
  SourceClock(long lateness, Collection<Integer> expected) {
    this.lateness = lateness;
    this.channels =
        expected.stream().map(number -> new Channel(number, NONE)).toArray(Channel[]::new);
  }

  long watermark() {
    return watermark;
  }

  /** An event of a channel; called after the event was handed on. */
  void event(int number, long time) {
    Channel channel = last != null && last.number == number ? last : find(number);
    channel.seen = true;
    if (channel.idle) {
      channel.idle = false;
      slowest = NONE;
    }
    if (time <= channel.highest) {
      return;
    }
    boolean wasSlowest = channel.highest <= slowest;
    channel.highest = time;
    if (wasSlowest || channels.length == 1) {
      follow();
    }
  }

  /** Takes the time on to where others are; for a source that has nothing to say. */
  void pull(long to) {
    if (to > watermark) {
      watermark = to;
    }
  }

  /** Whether all its channels are idle, or it has none. */
  boolean idle() {
    for (Channel channel : channels) {
      if (!channel.idle) {
        return false;
      }
    }
    return true;
  }

  /** The time of its latest event, or {@link #NONE}. */
  long highest() {
    long highest = NONE;
    for (Channel channel : channels) {
      highest = Math.max(highest, channel.highest);
    }
    return highest;
  }

  long lateness() {
    return lateness;
  }

  /**
   * Finds channels that have been silent for too long.
   *
   * @return whether one was
   */
  boolean tick(long nowMillis, long idleMillis) {
    boolean changed = false;
    for (Channel channel : channels) {
      if (channel.seen || channel.lastSeenMillis == 0) {
        channel.seen = false;
        channel.lastSeenMillis = nowMillis;
      } else if (!channel.idle
          && nowMillis - channel.lastSeenMillis >= patience(channel, idleMillis)) {
        channel.idle = true;
        changed = true;
      }
    }
    if (changed) {
      follow();
    }
    return changed;
  }

  private static long patience(Channel channel, long idleMillis) {
    return channel.highest == NONE ? Math.min(idleMillis, LONGEST_FIRST_MILLIS) : idleMillis;
  }

  private Channel find(int number) {
    for (Channel channel : channels) {
      if (channel.number == number) {
        last = channel;
        return channel;
      }
    }
    Channel[] more = java.util.Arrays.copyOf(channels, channels.length + 1);
    last = new Channel(number, NONE);
    more[channels.length] = last;
    channels = more;
    slowest = NONE;
    return last;
  }

  private void follow() {
    long low = Long.MAX_VALUE;
    for (Channel channel : channels) {
      if (!channel.idle && channel.highest < low) {
        low = channel.highest;
      }
    }
    if (low == Long.MAX_VALUE) {
      return;
    }
    slowest = low;
    if (low != NONE) {
      pull(low - lateness - 1);
    }
  }

  void save(StateWriter out) {
    out.writeLong(watermark);
    out.writeInt(channels.length);
    for (Channel channel : channels) {
      out.writeInt(channel.number);
      out.writeLong(channel.highest);
      out.writeBoolean(channel.idle);
    }
  }

  void restore(StateReader in) {
    watermark = in.readLong();
    channels = new Channel[in.readInt()];
    last = null;
    slowest = NONE;
    for (int i = 0; i < channels.length; i++) {
      channels[i] = new Channel(in.readInt(), in.readLong());
      channels[i].idle = in.readBoolean();
    }
    long low = Long.MAX_VALUE;
    for (Channel channel : channels) {
      if (!channel.idle) {
        low = Math.min(low, channel.highest);
      }
    }
    slowest = low == Long.MAX_VALUE ? NONE : low;
  }
}
