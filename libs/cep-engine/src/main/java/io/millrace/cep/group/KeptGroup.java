package io.millrace.cep.group;

import io.millrace.cep.aggregate.Accumulator;

/** A group that is remembered beyond windows. */
final class KeptGroup extends Group {

  /** Bytes of heap more than another group. */
  static final long HEAP = 16;

  /** The stretch of event time in which a row came for it last. */
  long stretch;

  /** Whether it has changed since it was written down. */
  boolean changed;

  /** Whether it was ever written down. */
  boolean written;

  /** Whether a row came for it since somebody last looked for groups that are not used. */
  boolean used;

  KeptGroup(Object[] key, int hash, Accumulator[] accumulators) {
    super(key, hash, accumulators);
  }
}
