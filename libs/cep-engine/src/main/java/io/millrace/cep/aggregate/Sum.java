package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * Sum or average of a column without its NULLs. Subclasses say how values are added up, and how
 * exactly. They have {@link #add} for themselves too: every row goes through it, and called from
 * here it would have several targets.
 */
abstract class Sum implements Accumulator {

  final int column;
  final ResultType type;
  private final SumKind kind;

  /** How many values there are. */
  long count;

  Sum(int column, SumKind kind, ResultType type) {
    this.column = column;
    this.kind = kind;
    this.type = type;
  }

  @Override
  public final Object result() {
    if (count == 0) {
      return kind == SumKind.SUM_OR_ZERO ? zero() : null;
    }
    return kind == SumKind.AVERAGE ? average() : total();
  }

  abstract Object zero();

  abstract Object total();

  /** The total by {@link #count}, which is not 0. */
  abstract Object average();

  @Override
  public final void save(StateWriter out) {
    saveSum(out);
    out.writeLong(count);
  }

  abstract void saveSum(StateWriter out);

  @Override
  public final void restore(StateReader in) {
    restoreSum(in);
    count = in.readLong();
  }

  abstract void restoreSum(StateReader in);
}
