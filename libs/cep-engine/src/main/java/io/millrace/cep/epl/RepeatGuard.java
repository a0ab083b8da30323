package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.Expression;

/** Looks at how often something is to come again. */
final class RepeatGuard {

  private final EplLimits limits;
  private final Objections objections;

  RepeatGuard(EplLimits limits, Objections objections) {
    this.limits = limits;
    this.objections = objections;
  }

  /** How many repeats may be written. */
  int most() {
    return limits.repeats();
  }

  /**
   * Looks at a number of repeats.
   *
   * @param count null when none is written
   */
  void count(Expression count) {
    if (count == null) {
      return;
    }
    Object constant = count instanceof ConstantExpression c ? c.getConstant() : null;
    boolean fine =
        constant instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() <= most();
    if (!fine) {
      objections.problemAt(
          count instanceof ConstantExpression ? String.valueOf(constant) : null,
          "the number of repeats has to be a constant of at most " + most());
    }
  }
}
