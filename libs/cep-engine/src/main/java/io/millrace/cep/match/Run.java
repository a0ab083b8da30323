package io.millrace.cep.match;

import io.millrace.rows.library.RowException;
import java.util.Arrays;

/**
 * All ways to match from one first row, the preferred first. A way that is complete ends all that
 * are behind it; it is the match when those before it have come to nothing.
 */
final class Run {

  private Option[] options = new Option[4];
  private Bound[] behind = new Bound[4];
  private int size;
  private Option[] nextOptions = new Option[4];
  private Bound[] nextBehind = new Bound[4];
  private int nextSize;
  private Bound match;

  /** Starts anew, with no row yet. */
  void begin(Program program) {
    size = 0;
    nextSize = 0;
    match = null;
    for (Option option : program.start()) {
      add(option, null);
    }
    swap();
  }

  /** Gives all ways up. */
  void abandon() {
    Arrays.fill(behind, 0, size, null);
    size = 0;
    match = null;
  }

  /** How many ways go on. */
  int ways() {
    return size;
  }

  /** Whether no way goes on. */
  boolean decided() {
    return size == 0;
  }

  /** The last row of the best way that is complete, or null. */
  Bound match() {
    return match;
  }

  /**
   * Takes the next row.
   *
   * @param trial tries what the row can be
   * @throws RowException if a condition cannot be computed, or there are too many ways
   */
  void step(Program program, Trial trial, int limit) {
    nextSize = 0;
    int considered = 0;
    boolean complete = false;
    while (considered < size && !complete) {
      Option option = options[considered];
      Bound before = behind[considered++];
      if (trial.can(option.variable(), before) && !kept(option, before, trial)) {
        Bound bound = trial.bound(option.variable(), before);
        complete = follow(program.after(option.position()), bound, trial, limit);
      }
    }
    Arrays.fill(behind, 0, size, null);
    if (complete && program.eager()) {
      Arrays.fill(nextBehind, 0, nextSize, null);
      nextSize = 0;
    }
    swap();
  }

  private static boolean kept(Option option, Bound before, Trial trial) {
    for (int keeper : option.keepers()) {
      if (trial.can(keeper, before)) {
        return true;
      }
    }
    return false;
  }

  /** Adds what may come next; returns whether the match may end here. */
  private boolean follow(Option[] next, Bound bound, Trial trial, int limit) {
    for (Option option : next) {
      if (option.ends()) {
        match = bound;
        return true;
      }
      if (trial.isNew(option)) {
        if (nextSize == limit) {
          throw MatchLimits.tooManyWays(limit);
        }
        add(option, bound);
      }
    }
    return false;
  }

  private void add(Option option, Bound bound) {
    if (nextSize == nextOptions.length) {
      nextOptions = Arrays.copyOf(nextOptions, 2 * nextSize);
      nextBehind = Arrays.copyOf(nextBehind, 2 * nextSize);
    }
    nextOptions[nextSize] = option;
    nextBehind[nextSize++] = bound;
  }

  private void swap() {
    Option[] swappedOptions = options;
    Bound[] swappedBehind = behind;
    options = nextOptions;
    behind = nextBehind;
    size = nextSize;
    nextOptions = swappedOptions;
    nextBehind = swappedBehind;
    nextSize = 0;
  }
}
