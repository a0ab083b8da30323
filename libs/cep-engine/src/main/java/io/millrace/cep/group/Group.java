package io.millrace.cep.group;

import io.millrace.cep.aggregate.Accumulator;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** A key and what was gathered for it. */
public sealed class Group permits KeptGroup {

  /** Bytes of heap, without the key and the accumulators. */
  static final long HEAP = 24;

  final Object[] key;
  final int hash;
  private final Accumulator[] accumulators;

  Group(Object[] key, int hash, Accumulator[] accumulators) {
    this.key = key;
    this.hash = hash;
    this.accumulators = accumulators;
  }

  /** Takes in a row of this key. */
  void add(Object[] row) {
    for (Accumulator accumulator : accumulators) {
      accumulator.add(row);
    }
  }

  /** Takes in what another group has, as if it had come later. */
  void merge(Group later) {
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i].merge(later.accumulators[i]);
    }
  }

  /** Writes the key into the first columns of a row. */
  public void key(Object[] row) {
    System.arraycopy(key, 0, row, 0, key.length);
  }

  /**
   * Writes the results into columns of a row.
   *
   * @throws io.millrace.rows.library.RowException if one does not fit its type
   */
  public void results(Object[] row, int from) {
    for (int i = 0; i < accumulators.length; i++) {
      row[from + i] = accumulators[i].result();
    }
  }

  /** How many bytes of heap some of its accumulators take. */
  long heap(int[] which) {
    long bytes = 0;
    for (int i : which) {
      bytes += accumulators[i].heap();
    }
    return bytes;
  }

  /** Writes key and accumulators. */
  public void save(StateWriter out) {
    saveKey(out);
    saveContent(out);
  }

  final void saveKey(StateWriter out) {
    out.writeValues(key);
  }

  final void saveContent(StateWriter out) {
    for (Accumulator accumulator : accumulators) {
      accumulator.save(out);
    }
  }

  void restore(StateReader in) {
    for (Accumulator accumulator : accumulators) {
      accumulator.restore(in);
    }
  }
}
