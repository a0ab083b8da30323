package io.millrace.cep.match;

import java.util.List;

/** What PATTERN says. */
sealed interface Pattern {

  /** The number of rows that the longest match has, or this when there is no longest. */
  int ENDLESS = Integer.MAX_VALUE;

  /** One row that is the variable of this number. */
  record Variable(int number) implements Pattern {
    @Override
    public int shortest() {
      return 1;
    }

    @Override
    public int longest() {
      return 1;
    }
  }

  /** One behind the other. */
  record Sequence(List<Pattern> parts) implements Pattern {
    @Override
    public int shortest() {
      return parts.stream().mapToInt(Pattern::shortest).sum();
    }

    @Override
    public int longest() {
      return (int) Math.min(ENDLESS, parts.stream().mapToLong(Pattern::longest).sum());
    }
  }

  /** One of them, the earlier rather than the later. */
  record Choice(List<Pattern> parts) implements Pattern {
    @Override
    public int shortest() {
      return parts.stream().mapToInt(Pattern::shortest).min().orElse(0);
    }

    @Override
    public int longest() {
      return parts.stream().mapToInt(Pattern::longest).max().orElse(0);
    }
  }

  /**
   * Several times.
   *
   * @param most or {@link #ENDLESS}
   * @param greedy whether rather more often than less
   */
  record Repeat(Pattern part, int least, int most, boolean greedy) implements Pattern {
    @Override
    public int shortest() {
      return least * part.shortest();
    }

    @Override
    public int longest() {
      return most == ENDLESS || part.longest() == ENDLESS
          ? ENDLESS
          : (int) Math.min(ENDLESS, (long) most * part.longest());
    }

    /**
     * Whether a row that could be one more of it is never something behind it, as Flink SQL has it.
     */
    boolean keeps() {
      return greedy && part instanceof Variable && least != most && !optional();
    }

    private boolean optional() {
      return least == 0 && most == 1;
    }
  }

  int shortest();

  int longest();

  /**
   * Whether it is one that Flink SQL has, variables with quantifiers one behind the other: then the
   * way that is complete first is the match.
   */
  default boolean plain() {
    return switch (this) {
      case Variable variable -> true;
      case Repeat repeat -> repeat.part() instanceof Variable;
      case Sequence sequence -> sequence.parts().stream().allMatch(Pattern::plain);
      case Choice choice -> false;
    };
  }

  /** Whether it ends with something that rather takes one more row. */
  default boolean endsGreedily() {
    return switch (this) {
      case Variable variable -> false;
      case Repeat repeat ->
          repeat.part().endsGreedily() || (repeat.greedy() && repeat.least() != repeat.most());
      case Sequence sequence -> sequence.parts().getLast().endsGreedily();
      case Choice choice -> choice.parts().stream().anyMatch(Pattern::endsGreedily);
    };
  }
}
