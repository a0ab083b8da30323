package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Count, mean and sum of squared distances from the mean of some numbers. */
interface Spread {

  void add(double value);

  void retract(double value);

  void merge(Spread later);

  long count();

  double mean();

  /** The sum of squared distances from the mean. */
  double squares();

  /** As {@link Accumulator#heap}; does not grow. */
  long heap();

  void save(StateWriter out);

  void restore(StateReader in);
}
