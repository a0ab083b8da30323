package io.millrace.cep.over;

import io.millrace.cep.aggregate.Accumulator;
import io.millrace.cep.order.RowKey;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.library.RowException;
import java.util.Deque;

/** What the rows of one key have come to. */
final class Partition {

  final RowKey key;
  private final OverCalls calls;
  private final Accumulator[] accumulators;
  private final Lag[] lags;
  private long number;

  /** How many rows are in the frame. */
  int rows;

  /** The rows of the frame, the oldest first, where they are kept by partition; else null. */
  Deque<Object[]> frame;

  /** The last results, which rows of one time share, and of which moment they are. */
  private final Object[] results;

  private RowException failure;
  private long computedAt = -1;

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
    this.results = new Object[calls.size];
  }

  /** Takes a row into the frame. */
  void add(Object[] row) {
    enter(row);
    for (Lag lag : lags) {
      lag.add(row);
    }
  }

  /** Takes a row into the frame that has been given out already. */
  void enter(Object[] row) {
    for (Accumulator accumulator : accumulators) {
      accumulator.add(row);
    }
    rows++;
  }

  /** Takes the oldest row out of the frame. */
  void leave(Object[] row) {
    for (Accumulator accumulator : accumulators) {
      accumulator.retract(row);
    }
    rows--;
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

  /**
   * @param whole whether the accumulators too; if not, they are to be built again from the rows
   */
  void save(StateWriter out, boolean whole) {
    out.writeLong(number);
    for (Lag lag : lags) {
      lag.save(out);
    }
    if (whole) {
      for (Accumulator accumulator : accumulators) {
        accumulator.save(out);
      }
    }
  }

  void restore(StateReader in, boolean whole) {
    number = in.readLong();
    for (Lag lag : lags) {
      lag.restore(in);
    }
    if (whole) {
      for (Accumulator accumulator : accumulators) {
        accumulator.restore(in);
      }
    }
  }
}
