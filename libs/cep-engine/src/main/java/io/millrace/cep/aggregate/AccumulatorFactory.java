package io.millrace.cep.aggregate;

/** Makes the accumulators of one call of an aggregate function. Immutable and thread-safe. */
public interface AccumulatorFactory {

  Accumulator create();

  /** Whether {@link Accumulator#heap} depends on what is in it. */
  boolean grows();

  /** Whether rows can be taken out again. */
  boolean retracts();
}
