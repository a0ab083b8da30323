package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Count, means and sums of products of distances from the means of some pairs of numbers. */
interface Pairs {

  void add(double y, double x);

  void retract(double y, double x);

  void merge(Pairs later);

  long count();

  double meanX();

  double meanY();

  double squaresX();

  double squaresY();

  double products();

  /** As {@link Accumulator#heap}; does not grow. */
  long heap();

  void save(StateWriter out);

  void restore(StateReader in);
}
