package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.NamedParameterExpression;
import com.espertech.esper.common.client.soda.PatternAndExpr;
import com.espertech.esper.common.client.soda.PatternExpr;
import com.espertech.esper.common.client.soda.PatternFilterExpr;
import com.espertech.esper.common.client.soda.PatternFollowedByExpr;
import com.espertech.esper.common.client.soda.PatternGuardExpr;
import com.espertech.esper.common.client.soda.PatternMatchUntilExpr;
import com.espertech.esper.common.client.soda.PatternNotExpr;
import com.espertech.esper.common.client.soda.PatternObserverExpr;
import com.espertech.esper.common.client.soda.PatternOrExpr;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Whether a part of a pattern that begins anew whenever it ends leaves the engine in peace between:
 * it ends with an event, or a second after it began. Otherwise the engine would turn in a circle
 * that nothing interrupts.
 */
final class Progress {
  private static final long SECOND = 1_000_000;

  /** Minutes, hours, days of the month, months, days of the week, seconds; finer ones follow. */
  static final int CRON_FIELDS = 6;

  private Progress() {}

  static boolean is(PatternExpr pattern) {
    List<PatternExpr> children = pattern.getChildren();
    return switch (pattern) {
      case PatternFilterExpr e -> true;
      case PatternFollowedByExpr e -> is(children.getFirst());
      case PatternOrExpr e -> children.stream().allMatch(Progress::is);
      case PatternAndExpr e -> and(children);
      case PatternGuardExpr e ->
          !e.getParameters().isEmpty()
              && isLong(e.getParameters().getFirst())
              && is(children.getFirst());
      case PatternMatchUntilExpr e -> children.stream().allMatch(Progress::is);
      case PatternObserverExpr e -> timer(e);
      default -> false;
    };
  }

  /** What must not come ends it as well, and something else has to hold it up. */
  private static boolean and(List<PatternExpr> children) {
    boolean held = false;
    for (PatternExpr child : children) {
      if (child instanceof PatternNotExpr not) {
        if (!is(not.getChildren().getFirst())) {
          return false;
        }
      } else if (is(child)) {
        held = true;
      } else {
        return false;
      }
    }
    return held;
  }

  /** A constant of a second or more. */
  static boolean isLong(Expression time) {
    long span = Spans.of(time);
    return span >= SECOND && span != Spans.UNBOUNDED;
  }

  private static boolean timer(PatternObserverExpr observer) {
    List<Expression> parameters = observer.getParameters();
    return switch (observer.getName().toLowerCase(Locale.ROOT)) {
      case "interval" -> !parameters.isEmpty() && isLong(parameters.getFirst());
      case "at" -> parameters.size() <= CRON_FIELDS;
      case "schedule" -> parameters.size() == 1 && repeats(parameters.getFirst());
      default -> false;
    };
  }

  /**
   * Whether it says {@code iso: 'R/start/period'}, for ever and not more often than each second.
   */
  private static boolean repeats(Expression parameter) {
    if (!(parameter instanceof NamedParameterExpression named)
        || !named.getName().equalsIgnoreCase("iso")
        || !(named.getChildren().getFirst() instanceof ConstantExpression constant)
        || !(constant.getConstant() instanceof String text)) {
      return false;
    }
    String[] parts = text.split("/", -1);
    if (parts.length != 3 || !parts[0].equals("R") || !parts[1].endsWith("Z")) {
      return false;
    }
    try {
      return Duration.parse(parts[2]).compareTo(Duration.ofSeconds(1)) >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
