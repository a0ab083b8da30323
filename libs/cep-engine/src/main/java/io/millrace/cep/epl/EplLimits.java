package io.millrace.cep.epl;

import java.time.Duration;

/**
 * How far a text may go.
 *
 * @param textLength characters
 * @param tokens words, numbers and signs
 * @param nesting brackets within brackets
 * @param repeats how often a pattern may ask for the same thing
 * @param patternStates instances of sub-patterns that a task may hold at once; more end the task
 * @param matchStates the same for match_recognize
 * @param compilation how much of a processor's time a compilation may take
 * @param horizon how far back in time a query may look
 * @param grid the steps of the clock: times within one are the same to EPL
 * @param retention how long state without a bound of its own is kept, zero when it is refused
 */
public record EplLimits(
    int textLength,
    int tokens,
    int nesting,
    int repeats,
    long patternStates,
    long matchStates,
    Duration compilation,
    Duration horizon,
    Duration grid,
    Duration retention) {

  /** What holds when nothing else is said. */
  public static EplLimits defaults() {
    return new EplLimits(
        20_000,
        3_000,
        16,
        100,
        500_000,
        500_000,
        Duration.ofSeconds(20),
        Duration.ofDays(31),
        Duration.ofSeconds(1),
        Duration.ZERO);
  }

  /** The same with a clock of other steps. */
  public EplLimits withGrid(Duration other) {
    return new EplLimits(
        textLength,
        tokens,
        nesting,
        repeats,
        patternStates,
        matchStates,
        compilation,
        horizon,
        other,
        retention);
  }

  /** The same with unbounded state kept for a while. */
  public EplLimits withRetention(Duration other) {
    return new EplLimits(
        textLength,
        tokens,
        nesting,
        repeats,
        patternStates,
        matchStates,
        compilation,
        horizon,
        grid,
        other);
  }

  /** The same with other bounds on what patterns hold. */
  public EplLimits withStates(long pattern, long match) {
    return new EplLimits(
        textLength,
        tokens,
        nesting,
        repeats,
        pattern,
        match,
        compilation,
        horizon,
        grid,
        retention);
  }
}
