package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.MatchRecognizeClause;
import com.espertech.esper.common.client.soda.MatchRecognizeRegEx;
import com.espertech.esper.common.client.soda.MatchRecognizeRegExAlteration;
import com.espertech.esper.common.client.soda.MatchRecognizeRegExAtom;
import com.espertech.esper.common.client.soda.MatchRecognizeRegExConcatenation;
import com.espertech.esper.common.client.soda.MatchRecognizeRegExNested;
import com.espertech.esper.common.client.soda.MatchRecognizeRegExPermutation;
import com.espertech.esper.common.client.soda.MatchRecognizeRegExRepeat;

/** Looks at match_recognize. */
final class RowPatternGuard {

  private final Objections objections;
  private final RepeatGuard repeats;
  private final ExpressionGuard expressions;

  RowPatternGuard(Objections objections, RepeatGuard repeats, ExpressionGuard expressions) {
    this.objections = objections;
    this.repeats = repeats;
    this.expressions = expressions;
  }

  /** Looks at the clause; its measures and conditions are expressions of the select. */
  void match(MatchRecognizeClause match) {
    long size = size(match.getPattern());
    objections.refuseIf(
        size > 10L * repeats.most(),
        "pattern",
        "the pattern has "
            + size
            + " parts when its repeats are written out, "
            + 10L * repeats.most()
            + " are allowed");
    if (match.getIntervalClause() != null && match.getIntervalClause().getExpression() != null) {
      expressions.expression(match.getIntervalClause().getExpression());
    }
  }

  /** How many variables a row pattern has when its repeats are written out. */
  private long size(MatchRecognizeRegEx pattern) {
    long own = 0;
    MatchRecognizeRegExRepeat repeat = null;
    switch (pattern) {
      case MatchRecognizeRegExAtom atom -> {
        own = 1;
        repeat = atom.getOptionalRepeat();
      }
      case MatchRecognizeRegExNested nested -> repeat = nested.getOptionalRepeat();
      case MatchRecognizeRegExAlteration e -> {}
      case MatchRecognizeRegExConcatenation e -> {}
      case MatchRecognizeRegExPermutation e ->
          objections.problem(
              "match_recognize_permute", "permutations are not allowed: write them out with |");
      default -> objections.refused(pattern);
    }
    for (MatchRecognizeRegEx child : pattern.getChildren()) {
      own += size(child);
    }
    long times = 1;
    if (repeat != null) {
      repeats.count(repeat.getLow());
      repeats.count(repeat.getHigh());
      repeats.count(repeat.getSingle());
      for (Expression bound :
          new Expression[] {repeat.getLow(), repeat.getHigh(), repeat.getSingle()}) {
        if (bound instanceof ConstantExpression c && c.getConstant() instanceof Number n) {
          times = Math.max(times, Math.min(n.longValue(), 1_000_000));
        }
      }
    }
    return Math.min(own * times, Integer.MAX_VALUE);
  }
}
