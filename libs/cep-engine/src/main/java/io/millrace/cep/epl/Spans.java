package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.TimePeriodExpression;
import java.util.List;

/** Lengths of time in microseconds, {@link #UNBOUNDED} among them. */
final class Spans {
  static final long UNBOUNDED = Long.MAX_VALUE;

  private static final double SECOND = 1e6;
  private static final double DAY = 86_400 * SECOND;

  private Spans() {}

  static long add(long a, long b) {
    return a == UNBOUNDED || b == UNBOUNDED || a > UNBOUNDED - b ? UNBOUNDED : a + b;
  }

  /** A constant length of time, rounded up; unbounded when it is no constant. */
  static long of(Expression expression) {
    if (expression instanceof ConstantExpression constant
        && constant.getConstant() instanceof Number seconds) {
      return micros(seconds.doubleValue() * SECOND);
    }
    if (!(expression instanceof TimePeriodExpression period)) {
      return UNBOUNDED;
    }
    // In this order the parts stand below the expression; months and years as long as they get.
    boolean[] has = {
      period.isHasYears(),
      period.isHasMonths(),
      period.isHasWeeks(),
      period.isHasDays(),
      period.isHasHours(),
      period.isHasMinutes(),
      period.isHasSeconds(),
      period.isHasMilliseconds(),
      period.isHasMicroseconds()
    };
    double[] unit = {366 * DAY, 31 * DAY, 7 * DAY, DAY, 3600 * SECOND, 60 * SECOND, SECOND, 1e3, 1};
    List<Expression> parts = period.getChildren();
    double micros = 0;
    int next = 0;
    for (int i = 0; i < has.length; i++) {
      if (has[i]) {
        if (next < parts.size()
            && parts.get(next++) instanceof ConstantExpression constant
            && constant.getConstant() instanceof Number n) {
          micros += n.doubleValue() * unit[i];
        } else {
          return UNBOUNDED;
        }
      }
    }
    return micros(micros);
  }

  private static long micros(double value) {
    return value < 0 || value >= 9e18 ? UNBOUNDED : (long) Math.ceil(value);
  }
}
