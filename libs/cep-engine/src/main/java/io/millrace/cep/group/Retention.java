package io.millrace.cep.group;

/**
 * How long keys are remembered that no row comes for. Event time is cut into stretches of a quarter
 * of that. A group belongs to the one in which a row came for it last, and is forgotten with all of
 * that stretch, once the time has passed for each of them.
 */
final class Retention {

  private static final int PARTS = 4;

  /** The length of a stretch, microseconds; 0: nothing is forgotten. */
  private final long length;

  /** The first stretch that is not forgotten, and when that will be another one. */
  private long first = Long.MIN_VALUE;

  private long next = Long.MIN_VALUE;

  /** The stretch that was asked for last. */
  private long stretch;

  private long from;
  private long to;

  /**
   * @param micros 0: for ever
   */
  Retention(long micros) {
    this.length = (micros + PARTS - 1) / PARTS;
  }

  /** The stretch of a time; for what comes late the oldest that is remembered. */
  long stretch(long time) {
    if (time < from || time >= to) {
      if (length == 0) {
        return 0;
      }
      stretch = Math.floorDiv(time, length);
      from = stretch * length;
      to = from + length;
    }
    return Math.max(stretch, first);
  }

  /** Whether something is due to be forgotten at a watermark, which it then goes by. */
  boolean passes(long watermark) {
    if (length == 0 || watermark < next) {
      return false;
    }
    long now = Math.floorDiv(watermark, length);
    first = now - PARTS;
    next = end(now);
    return true;
  }

  /** Whether a group of that stretch is remembered. */
  boolean keeps(long ofStretch) {
    return ofStretch >= first;
  }

  boolean isForEver() {
    return length == 0;
  }

  /** Where it is, to be saved. */
  long first() {
    return first;
  }

  /** Goes to where it was. */
  void restore(long saved) {
    first = saved;
    next = saved == Long.MIN_VALUE ? saved : end(saved + PARTS);
  }

  private long end(long ofStretch) {
    return ofStretch >= Long.MAX_VALUE / length ? Long.MAX_VALUE : (ofStretch + 1) * length;
  }
}
