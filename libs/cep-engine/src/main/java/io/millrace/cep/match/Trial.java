package io.millrace.cep.match;

/**
 * What one row can be. Asks each condition once where its answer does not depend on the way, and
 * once for each group of ways that have all rows in common. For one thread.
 */
final class Trial {

  private final Condition[] conditions;
  private final boolean rowsAlone;
  private MatchRows rows;
  private long index;
  private Object[] row;

  /** Counts the rows that were tried. */
  private long turn;

  /** By variable: in which turn and for which rows before it was asked, and the answer. */
  private final long[] asked;

  private final Bound[] askedBehind;
  private final boolean[] answers;

  /** By variable: the row as what it may be, behind some rows. */
  private final long[] made;

  private final Bound[] madeBehind;
  private final Bound[] candidates;

  /** By option: the turn in which it was seen. */
  private final long[] seen;

  Trial(Condition[] conditions, Program program) {
    this.conditions = conditions;
    int variables = conditions.length;
    this.asked = new long[variables];
    this.askedBehind = new Bound[variables];
    this.answers = new boolean[variables];
    this.made = new long[variables];
    this.madeBehind = new Bound[variables];
    this.candidates = new Bound[variables];
    this.seen = new long[program.options()];
    boolean alone = true;
    for (Condition condition : conditions) {
      alone &= condition.rowAlone();
    }
    this.rowsAlone = alone;
  }

  /** Goes to a row. */
  void turn(MatchRows rows, long index) {
    this.rows = rows;
    this.index = index;
    this.row = rows.row(index);
    turn++;
  }

  /** Whether the row can be a variable, behind these rows. */
  boolean can(int variable, Bound behind) {
    Condition condition = conditions[variable];
    if (asked[variable] == turn && (condition.rowAlone() || askedBehind[variable] == behind)) {
      return answers[variable];
    }
    boolean answer =
        condition.readsRow() ? condition.test(row) : condition.test(bound(variable, behind), rows);
    asked[variable] = turn;
    askedBehind[variable] = behind;
    answers[variable] = answer;
    return answer;
  }

  /** The row as a variable, behind these rows. */
  Bound bound(int variable, Bound behind) {
    if (made[variable] != turn || madeBehind[variable] != behind) {
      made[variable] = turn;
      madeBehind[variable] = behind;
      candidates[variable] = new Bound(row, index, variable, behind, conditions.length);
    }
    return candidates[variable];
  }

  /**
   * Whether an option is to be followed: when no condition looks at the rows before, of two ways
   * with the same option the one behind never wins.
   */
  boolean isNew(Option option) {
    if (!rowsAlone) {
      return true;
    }
    boolean isNew = seen[option.number()] != turn;
    seen[option.number()] = turn;
    return isNew;
  }

  /** Lets go of the rows. */
  void end() {
    java.util.Arrays.fill(askedBehind, null);
    java.util.Arrays.fill(madeBehind, null);
    java.util.Arrays.fill(candidates, null);
    rows = null;
    row = null;
  }
}
