package io.millrace.cep.group;

import io.millrace.cep.aggregate.Accumulator;

/** A group that is remembered beyond windows. */
final class KeptGroup extends Group {

  /** Bytes of heap more than another group. */
  static final long HEAP = 8;

  /** The stretch of event time in which a row came for it last. */
  long stretch;

  KeptGroup(Object[] key, int hash, Accumulator[] accumulators) {
    super(key, hash, accumulators);
  }
}
