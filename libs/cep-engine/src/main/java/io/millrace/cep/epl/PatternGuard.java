package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.EPBaseNamedObject;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.PatternAndExpr;
import com.espertech.esper.common.client.soda.PatternEveryDistinctExpr;
import com.espertech.esper.common.client.soda.PatternEveryExpr;
import com.espertech.esper.common.client.soda.PatternExpr;
import com.espertech.esper.common.client.soda.PatternFilterExpr;
import com.espertech.esper.common.client.soda.PatternFollowedByExpr;
import com.espertech.esper.common.client.soda.PatternGuardExpr;
import com.espertech.esper.common.client.soda.PatternMatchUntilExpr;
import com.espertech.esper.common.client.soda.PatternNotExpr;
import com.espertech.esper.common.client.soda.PatternObserverExpr;
import com.espertech.esper.common.client.soda.PatternOrExpr;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks at patterns of events and timers. */
final class PatternGuard {

  private final Objections objections;
  private final RepeatGuard repeats;
  private final ExpressionGuard expressions;

  PatternGuard(Objections objections, RepeatGuard repeats, ExpressionGuard expressions) {
    this.objections = objections;
    this.repeats = repeats;
    this.expressions = expressions;
  }

  /** Looks at a pattern and all below it. */
  void pattern(PatternExpr pattern) {
    if (!objections.deeper()) {
      return;
    }
    switch (pattern) {
      case PatternFilterExpr e -> expressions.filter(e.getFilter());
      case PatternMatchUntilExpr e -> {
        repeats.count(e.getLow());
        repeats.count(e.getHigh());
        repeats.count(e.getSingle());
        again(e.getChildren().getFirst(), "until");
      }
      case PatternFollowedByExpr e -> {
        if (e.getOptionalMaxPerSubexpression() != null) {
          e.getOptionalMaxPerSubexpression().forEach(repeats::count);
        }
      }
      case PatternGuardExpr e -> named(e, Admission.GUARDS);
      case PatternObserverExpr e -> observer(e);
      case PatternEveryDistinctExpr e -> {
        e.getExpressions().forEach(expressions::expression);
        again(e.getChildren().getFirst(), "every");
      }
      case PatternEveryExpr e -> {
        if (startsWithEvery(e.getChildren().getFirst())) {
          objections.problem(
              "every", "every within every starts more and more of the same: leave one out");
        } else {
          again(e.getChildren().getFirst(), "every");
        }
      }
      case PatternAndExpr e -> {}
      case PatternOrExpr e -> {}
      case PatternNotExpr e -> {}
      default -> objections.refused(pattern);
    }
    pattern.getChildren().forEach(this::pattern);
    objections.shallower();
  }

  /** What is begun again and again has to wait for something between. */
  private void again(PatternExpr pattern, String word) {
    objections.refuseIf(
        !Progress.is(pattern),
        word,
        "what is repeated has to begin with an event or with a timer of at least a second:"
            + " timer:interval(1 sec), timer:at(*, *, *, *, *, */10), timer:schedule(iso:"
            + " 'R/1970-01-01T00:00:00Z/PT10S')");
  }

  private void observer(PatternObserverExpr observer) {
    named(observer, Admission.OBSERVERS);
    List<Expression> parameters = observer.getParameters();
    objections.refuseIf(
        observer.getName().equalsIgnoreCase("interval")
            && (parameters.isEmpty() || Spans.of(parameters.getFirst()) == Spans.UNBOUNDED),
        "interval",
        "timer:interval takes a constant time");
    objections.refuseIf(
        observer.getName().equalsIgnoreCase("at") && parameters.size() > Progress.CRON_FIELDS,
        "at",
        "timer:at takes at most " + Progress.CRON_FIELDS + " fields, the last of them seconds");
  }

  /** Whether what is below an every begins with another one, which would double with each event. */
  private static boolean startsWithEvery(PatternExpr pattern) {
    return switch (pattern) {
      case PatternEveryExpr e -> true;
      case PatternEveryDistinctExpr e -> true;
      case PatternFilterExpr e -> false;
      case PatternFollowedByExpr e -> startsWithEvery(e.getChildren().getFirst());
      default -> pattern.getChildren().stream().anyMatch(PatternGuard::startsWithEvery);
    };
  }

  private void named(EPBaseNamedObject object, Set<String> admitted) {
    String name = object.getNamespace() + ":" + object.getName();
    objections.refuseIf(
        !admitted.contains(name.toLowerCase(Locale.ROOT)),
        object.getName(),
        name + " is not allowed");
    object.getParameters().forEach(expressions::expression);
  }
}
