package io.millrace.cep.operator;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * One step of a task. What it gives is a function of the calls it got, in their order, and of
 * nothing else: no clock, no randomness, no iteration over what has no order of its own. Called by
 * one thread.
 */
public interface Operator {

  /**
   * One row.
   *
   * @param input which of its inputs it came from, from 0
   * @param row not changed by anybody afterwards; the operator may keep it
   * @param time its event time, microseconds
   * @return false when it came too late to count: what it belongs to has gone out already
   */
  boolean event(int input, Object[] row, long time);

  /**
   * Tells that rows of that time and before are not to be expected any more; called with growing
   * times, and cheap when nothing is due.
   *
   * @param watermark microseconds
   */
  void advance(long watermark);

  /**
   * By how much the times of its rows may lie behind the watermark at which it gives them,
   * microseconds.
   */
  default long delay() {
    return 0;
  }

  /**
   * Whether time alone can make it give a row. While no operator of a task waits, the clock of a
   * task without events stands still.
   */
  default boolean waits() {
    return true;
  }

  /**
   * How many bytes of heap what it remembers takes, about: right within a factor of two. Counted as
   * it comes and goes, so that it costs nothing to ask.
   */
  long remembers();

  /** Writes everything that it remembers. */
  void save(StateWriter out);

  /** Takes over what another operator of the same kind has saved; called before anything else. */
  void restore(StateReader in);
}
