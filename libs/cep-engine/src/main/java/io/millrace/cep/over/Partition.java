package io.millrace.cep.over;

import io.millrace.cep.aggregate.Accumulator;
import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.order.RowKey;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.library.RowException;

/** What the rows of one key have come to. */
final class Partition {

  /** Bytes of heap of one with its place in a map, without what it refers to. */
  private static final long HEAP = 80 + HeapSize.MAP_ENTRY;

  private static final long RESULT = 24;

  final RowKey key;
  private final OverCalls calls;
  private final Accumulator[] accumulators;
  private final Lag[] lags;
  private long number;

  /** The rows of the frame, where rows leave it; else null. */
  private final FrameRows frame;

  /** The time up to which rows were given out. */
  private long last = Long.MIN_VALUE;

  /** When it is forgotten unless there are rows until then. */
  private long expiry = Long.MIN_VALUE;

  /** The last results, which rows of one time share, and of which moment they are. */
  private final Object[] results;

  private RowException failure;
  private long computedAt = -1;

  private long grown;

  Partition(RowKey key, OverCalls calls) {
    this.key = key;
    this.calls = calls;
    this.accumulators = new Accumulator[calls.factories.length];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = calls.factories[i].create();
    }
    this.lags = new Lag[calls.lags.length];
    for (int i = 0; i < lags.length; i++) {
      lags[i] = new Lag(calls.lags[i]);
    }
    this.frame = calls.sliding && accumulators.length > 0 ? new FrameRows() : null;
    this.results = new Object[calls.size];
  }

  long last() {
    return last;
  }

  /** Takes no rows of this time or before any more. */
  void passed(long time) {
    last = Math.max(last, time);
  }

  long expiry() {
    return expiry;
  }

  void expiry(long expiry) {
    this.expiry = expiry;
  }

  /** Takes a row in. */
  void add(Object[] row, long time) {
    last = time;
    enter(row, time);
    for (Lag lag : lags) {
      lag.add(row);
    }
  }

  private void enter(Object[] row, long time) {
    for (Accumulator accumulator : accumulators) {
      accumulator.add(row);
    }
    if (frame != null) {
      frame.add(row, time);
    }
  }

  /** Lets all rows of the frame go that are older. */
  void leaveBefore(long time) {
    if (frame != null) {
      while (frame.size() > 0 && frame.time(0) < time) {
        leave();
      }
    }
  }

  /** Lets rows of the frame go until there are no more than so many. */
  void leaveBeyond(long most) {
    if (frame != null) {
      while (frame.size() > most) {
        leave();
      }
    }
  }

  private void leave() {
    Object[] row = frame.removeFirst();
    for (Accumulator accumulator : accumulators) {
      accumulator.retract(row);
    }
  }

  /** How many bytes of heap it takes, about, beside what {@link #growth} tells of. */
  long heap() {
    return HEAP
        + key.heap()
        + calls.heap
        + HeapSize.array(accumulators.length)
        + HeapSize.array(results.length)
        + RESULT * results.length;
  }

  /** By how many bytes of heap that grows which grows with its rows, since the last call. */
  long growth() {
    long bytes = frame == null ? 0 : frame.heap();
    for (int i : calls.growing) {
      bytes += accumulators[i].heap();
    }
    for (Lag lag : lags) {
      bytes += lag.heap();
    }
    long growth = bytes - grown;
    grown = bytes;
    return growth;
  }

  /** The sum of all growth. */
  long grown() {
    return grown;
  }

  /**
   * Writes the results for the next row behind its columns.
   *
   * @param moment rows of the same one have the same results, but for their numbers
   * @throws RowException if one cannot be computed
   */
  void results(Object[] row, long moment) {
    number++;
    if (computedAt != moment) {
      computedAt = moment;
      compute();
    }
    if (failure != null) {
      throw failure;
    }
    int at = row.length - results.length;
    System.arraycopy(results, 0, row, at, results.length);
    for (int call : calls.numbered) {
      row[at + call] = number;
    }
  }

  private void compute() {
    failure = null;
    try {
      for (int i = 0; i < accumulators.length; i++) {
        results[calls.accumulated[i]] = accumulators[i].result();
      }
    } catch (RowException e) {
      failure = e;
    }
    for (int i = 0; i < lags.length; i++) {
      results[calls.lagged[i]] = lags[i].result();
    }
  }

  void save(StateWriter out) {
    out.writeLong(number);
    out.writeLong(last);
    out.writeLong(expiry);
    for (Lag lag : lags) {
      lag.save(out);
    }
    if (frame == null) {
      for (Accumulator accumulator : accumulators) {
        accumulator.save(out);
      }
    } else {
      out.writeInt(frame.size());
      for (int i = 0; i < frame.size(); i++) {
        out.writeLong(frame.time(i));
        out.writeValues(frame.row(i));
      }
    }
  }

  void restore(StateReader in) {
    number = in.readLong();
    last = in.readLong();
    expiry = in.readLong();
    for (Lag lag : lags) {
      lag.restore(in);
    }
    if (frame == null) {
      for (Accumulator accumulator : accumulators) {
        accumulator.restore(in);
      }
    } else {
      for (int i = in.readInt(); i > 0; i--) {
        long time = in.readLong();
        enter(in.readValues(), time);
      }
    }
  }
}
