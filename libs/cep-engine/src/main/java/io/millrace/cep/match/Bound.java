package io.millrace.cep.match;

import io.millrace.cep.aggregate.Accumulator;

/**
 * A row that is a variable of a match, with the rows before it. Ways to match that begin alike
 * share their beginning. The number of variables stands for "any variable".
 */
final class Bound {

  final Object[] row;

  /** The row's number in its partition. */
  final long index;

  final int variable;
  private final Bound before;
  private final Bound first;

  /** How many rows are before it. */
  private final int length;

  /** The last row of each variable, this one among them. */
  private final Bound[] last;

  /** The row before of the same variable, the first one, and how many are before. */
  private final Bound same;

  private final Bound firstSame;
  private final int number;

  /** Aggregates up to this row, where they are known, by the numbers of their calls. */
  private Accumulator[] accumulators;

  Bound(Object[] row, long index, int variable, Bound before, int variables) {
    this.row = row;
    this.index = index;
    this.variable = variable;
    this.before = before;
    if (before == null) {
      first = this;
      length = 0;
      last = new Bound[variables];
    } else {
      first = before.first;
      length = before.length + 1;
      last = before.last.clone();
    }
    same = last[variable];
    if (same == null) {
      firstSame = this;
      number = 0;
    } else {
      firstSame = same.firstSame;
      number = same.number + 1;
    }
    last[variable] = this;
  }

  /** The last row of a variable, or null. */
  Bound last(int variable) {
    return variable == last.length ? this : last[variable];
  }

  /** The row before of a variable; this row is one of it. */
  Bound previous(int variable) {
    return variable == last.length ? before : same;
  }

  /** The first row of a variable; this row is one of it. */
  Bound first(int variable) {
    return variable == last.length ? first : firstSame;
  }

  /** How many rows of a variable are before this one, which is one of it. */
  int number(int variable) {
    return variable == last.length ? length : number;
  }

  /** The number of the match's first row in its partition. */
  long start() {
    return first.index;
  }

  Accumulator accumulator(int call) {
    return accumulators == null ? null : accumulators[call];
  }

  void accumulator(int call, Accumulator accumulator, int calls) {
    if (accumulators == null) {
      accumulators = new Accumulator[calls];
    }
    accumulators[call] = accumulator;
  }
}
