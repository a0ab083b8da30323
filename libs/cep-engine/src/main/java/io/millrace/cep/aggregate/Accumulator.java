package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * One aggregate function over one group of rows. What it gives depends on the rows that are in it
 * and the order in which they came, and not on rows that have left it again.
 */
public interface Accumulator {

  /** Takes a row of the operator's input. */
  void add(Object[] row);

  /**
   * Takes a row out again that came in before, the oldest first.
   *
   * @throws UnsupportedOperationException when {@link AccumulatorFactory#retracts} says no
   */
  void retract(Object[] row);

  /** Takes in all that another one of the same factory has; the other's rows count as later. */
  void merge(Accumulator other);

  /** The result for the rows that are in it now. */
  Object result();

  /** How many bytes of heap it takes, about; does not go through what it holds. */
  long heap();

  void save(StateWriter out);

  /** Takes over what another one of the same factory has saved; called on a new one. */
  void restore(StateReader in);
}
