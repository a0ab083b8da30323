package io.millrace.cep.match;

import io.millrace.cep.aggregate.Accumulator;
import io.millrace.cep.aggregate.AccumulatorFactory;
import io.millrace.rows.RowFunction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One value that DEFINE or MEASURES takes from the rows of a match so far. */
sealed interface Slot {

  /**
   * The value.
   *
   * @param at the last row so far, as what it is or may be
   */
  Object value(Bound at, MatchRows rows);

  /** Whether it is the same for every way in which a row can be this variable. */
  default boolean ofRow(int variable, int any) {
    return true;
  }

  /**
   * A column of a row of a variable: the first or the last one but {@code offset}, and from there
   * so many rows of the partition back.
   */
  record Column(int variable, int column, boolean first, int offset, int back) implements Slot {
    @Override
    public Object value(Bound at, MatchRows rows) {
      Bound found = at.last(variable);
      if (found == null) {
        return null;
      }
      int number = found.number(variable);
      int steps = first ? number - offset : offset;
      if (steps < 0 || steps > number) {
        return null;
      }
      if (steps == number && number > 0) {
        found = found.first(variable);
      } else {
        for (int i = 0; i < steps; i++) {
          found = found.previous(variable);
        }
      }
      if (back == 0) {
        return found.row[column];
      }
      Object[] row = rows.row(found.index - back);
      return row == null ? null : row[column];
    }

    /** Whether it is a column of the row that is the last one, being this variable. */
    boolean isCurrent(int current, int any) {
      return ofRow(current, any) && back == 0;
    }

    @Override
    public boolean ofRow(int current, int any) {
      return (variable == current || variable == any) && !first && offset == 0;
    }
  }

  /**
   * An aggregate over the rows of a variable.
   *
   * @param arguments from a row to those of the function; null: it reads the row
   * @param call its number among those of all expressions
   */
  record Aggregate(
      int variable, AccumulatorFactory function, RowFunction arguments, int call, CallCount calls)
      implements Slot {
    @Override
    public Object value(Bound at, MatchRows rows) {
      Bound last = at.last(variable);
      return last == null ? function.create().result() : upTo(last).result();
    }

    /** Goes on from the nearest row before for which it is known, and takes it away from there. */
    private Accumulator upTo(Bound last) {
      Accumulator known = last.accumulator(call);
      if (known != null) {
        return known;
      }
      Deque<Bound> missing = new ArrayDeque<>();
      Bound bound = last;
      while (bound != null && known == null) {
        missing.push(bound);
        bound = bound.previous(variable);
        known = bound == null ? function.create() : bound.accumulator(call);
      }
      if (bound != null) {
        bound.accumulator(call, null, calls.count);
      }
      for (Bound next : missing) {
        known.add(arguments == null ? next.row : arguments.apply(next.row));
      }
      last.accumulator(call, known, calls.count);
      return known;
    }

    @Override
    public boolean ofRow(int current, int any) {
      return false;
    }
  }

  /** The name of the last row's variable. */
  record Classifier(List<String> variables) implements Slot {
    @Override
    public Object value(Bound at, MatchRows rows) {
      return variables.get(at.variable);
    }
  }

  /** The match's number in its partition, from 1. */
  record MatchNumber() implements Slot {
    @Override
    public Object value(Bound at, MatchRows rows) {
      return rows.matchNumber();
    }
  }

  /** The time of the last row. */
  record RowTime() implements Slot {
    @Override
    public Object value(Bound at, MatchRows rows) {
      return rows.time(at.index);
    }
  }

  /** How many aggregates there are in all expressions; known when all have been read. */
  final class CallCount {
    int count;
  }
}
