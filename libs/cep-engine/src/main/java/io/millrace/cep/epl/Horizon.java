package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far back in time a query can look: what a task remembers at a moment is a function of the
 * events of that long a time before it. Each construct that reaches back without end is named
 * together with what to write in its place.
 */
final class Horizon {

  private final Statement statement;
  private final Problems problems;

  /** How far back the streams look that earlier statements insert into. */
  private final Map<String, Long> inserted;

  private Horizon(Statement statement, Map<String, Long> inserted, Problems problems) {
    this.statement = statement;
    this.inserted = inserted;
    this.problems = problems;
  }

  /**
   * The horizon of the last statement, microseconds; {@link Spans#UNBOUNDED} when there is none,
   * with the reasons in {@code problems}.
   */
  static long of(
      List<Statement> statements, List<EPStatementObjectModel> models, Problems problems) {
    Map<String, Long> inserted = new HashMap<>();
    long last = 0;
    for (int i = 0; i < models.size(); i++) {
      EPStatementObjectModel model = models.get(i);
      last = new Horizon(statements.get(i), inserted, problems).select(model);
      if (model.getInsertInto() != null) {
        inserted.merge(model.getInsertInto().getStreamName(), last, Math::max);
      }
    }
    return last;
  }

  private long unbounded(String word, String message) {
    statement.problem(
        problems,
        word,
        message + "; or set state_retention on the application to keep such state for a while");
    return Spans.UNBOUNDED;
  }

  private long select(EPStatementObjectModel model) {
    long longest = 0;
    boolean windows = true;
    for (Stream stream : model.getFromClause().getStreams()) {
      boolean unwindowed = views(stream).isEmpty();
      windows &= !unwindowed;
      longest = Math.max(longest, source(stream));
    }
    List<Expression> expressions = Tree.ofSelect(model);
    if (!windows && model.getMatchRecognizeClause() == null) {
      longest = Math.max(longest, withoutWindow(model, expressions));
    }
    for (Expression expression : expressions) {
      longest = Math.max(longest, below(expression));
    }
    if (model.getMatchRecognizeClause() != null) {
      longest = Spans.add(longest, match(model, windows));
    }
    if (model.getOutputLimitClause() != null) {
      longest = Spans.add(longest, output(model.getOutputLimitClause()));
    }
    return longest;
  }

  private long withoutWindow(EPStatementObjectModel model, List<Expression> expressions) {
    boolean aggregates = model.getGroupByClause() != null;
    for (Expression expression : expressions) {
      aggregates |= Tree.any(expression, Horizon::isAggregate);
    }
    return aggregates
        ? unbounded(
            model.getGroupByClause() != null ? "group" : null,
            "the aggregate is over all events there ever were: write stream#time(…)")
        : 0;
  }

  private static boolean isAggregate(Expression expression) {
    return switch (expression) {
      case AvedevProjectionExpression e -> true;
      case AvgProjectionExpression e -> true;
      case CountProjectionExpression e -> true;
      case CountStarProjectionExpression e -> true;
      case FirstProjectionExpression e -> true;
      case LastProjectionExpression e -> true;
      case WindowProjectionExpression e -> true;
      case MaxProjectionExpression e -> true;
      case MinProjectionExpression e -> true;
      case MedianProjectionExpression e -> true;
      case StddevProjectionExpression e -> true;
      case SumProjectionExpression e -> true;
      case PlugInProjectionExpression e -> true;
      case DotExpression e ->
          e.getChain().getFirst() instanceof DotExpressionItemCall call
              && (e.getChildren() == null || e.getChildren().isEmpty())
              && Admission.AGGREGATES.contains(call.getName().toLowerCase(Locale.ROOT));
      default -> false;
    };
  }

  /** Subqueries and what looks at earlier events. */
  private long below(Expression expression) {
    long longest = 0;
    EPStatementObjectModel inner = Tree.subquery(expression);
    if (inner != null) {
      longest = select(inner);
    }
    if (expression instanceof PriorExpression) {
      longest =
          unbounded("prior", "prior looks back by events and not by time: use prev with #time(…)");
    }
    for (Expression child : Tree.children(expression)) {
      longest = Math.max(longest, below(child));
    }
    return longest;
  }

  private static List<View> views(Stream stream) {
    return stream instanceof ProjectedStream projected && projected.getViews() != null
        ? projected.getViews()
        : List.of();
  }

  private long source(Stream stream) {
    long from =
        switch (stream) {
          case FilterStream filter -> filter(filter.getFilter());
          case PatternStream pattern -> {
            long inputs = 0;
            for (PatternFilterExpr filter : Tree.filters(pattern.getExpression())) {
              inputs = Math.max(inputs, filter(filter.getFilter()));
            }
            yield Spans.add(inputs, remembers(pattern.getExpression()));
          }
          default -> Spans.UNBOUNDED;
        };
    return Spans.add(from, window(views(stream)));
  }

  private long filter(Filter filter) {
    long longest = inserted.getOrDefault(filter.getEventTypeName(), 0L);
    return filter.getFilter() == null ? longest : Math.max(longest, below(filter.getFilter()));
  }

  /** Several windows on one stream keep what all of them keep, so one bound is enough. */
  private long window(List<View> views) {
    if (views.isEmpty()) {
      return 0;
    }
    long bound = Spans.UNBOUNDED;
    List<View> others = new ArrayList<>();
    for (View view : views) {
      String name = view.getName().toLowerCase(Locale.ROOT);
      switch (name) {
        case "time" -> bound = Math.min(bound, length(view));
        case "time_batch" -> {
          if (views.size() > 1 || view.getParameters().size() < 2) {
            return unbounded(
                name,
                views.size() > 1
                    ? "#time_batch cannot be combined with other windows"
                    : "#time_batch(P) counts from the first event: write #time_batch(P, 0L), whose"
                        + " batches begin at multiples of P");
          }
          return Spans.add(length(view), length(view));
        }
        case "length", "unique", "lastevent" -> {}
        default -> others.add(view);
      }
    }
    if (!others.isEmpty()) {
      return unbounded(others.getFirst().getName(), instead(others.getFirst()));
    }
    if (bound == Spans.UNBOUNDED) {
      View view = views.getFirst();
      return unbounded(view.getName(), instead(view));
    }
    return bound;
  }

  private static String instead(View view) {
    String name = view.getName().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "time" -> "the length of #time has to be a constant, for instance #time(10 min)";
      case "ext_timed" -> "#ext_timed trusts a column: write #time(…), time is event time already";
      case "ext_timed_batch" ->
          "#ext_timed_batch trusts a column: write #time_batch(…, 0L), time is event time already";
      case "length" ->
          "#length keeps events for however long: write #time(…), or #length(…)#time(…) for both";
      case "unique", "lastevent" ->
          "#" + name + " keeps events for however long: write #" + name + "…#time(…)";
      case "length_batch" -> "#length_batch waits for however long: write #time_batch(…, 0L)";
      case "keepall" -> "#keepall keeps all events: write #time(…)";
      case "groupwin" -> "#groupwin keeps every group: write #time(…) and group by";
      default -> "#" + name + " has no bound in time: write #time(…)";
    };
  }

  private static long length(View view) {
    return view.getParameters().isEmpty()
        ? Spans.UNBOUNDED
        : Spans.of(view.getParameters().getFirst());
  }

  private long match(EPStatementObjectModel model, boolean windows) {
    MatchRecognizeClause match = model.getMatchRecognizeClause();
    long result = 0;
    if (!windows) {
      result =
          unbounded(
              "match_recognize",
              "a match can take any time: give the stream a window, stream#time(…)");
    }
    if (!match.isAll() && match.getSkipClause() != MatchRecognizeSkipClause.TO_NEXT_ROW) {
      result =
          unbounded(
              "match_recognize",
              "each match begins where the one before ended, so they hang together without end:"
                  + " write after match skip to next row");
    }
    for (MatchRecognizeDefine define : match.getDefines()) {
      if (Tree.any(define.getExpression(), PreviousExpression.class::isInstance)) {
        result =
            unbounded("prev", "prev looks at a row of any age: compare with the variable before");
      }
    }
    if (match.getIntervalClause() != null) {
      result = Spans.add(result, Spans.of(match.getIntervalClause().getExpression()));
    }
    return result;
  }

  private long output(OutputLimitClause output) {
    if (output.getCrontabAtParameters() == null) {
      return unbounded(
          "output",
          "output every counts from the start: write output … at (*, *, *, *, *, */10) for every 10"
              + " seconds, at (*/5, *, *, *, *) for every 5 minutes");
    }
    if (output.getSelector() == OutputLimitSelector.ALL) {
      return unbounded("output", "output all remembers every group: write output snapshot");
    }
    // The fields are minutes, hours, days of the month, months, days of the week, seconds.
    Expression[] fields = output.getCrontabAtParameters();
    long minute = 60_000_000L;
    if (fields.length < 5 || !isAny(fields[2]) || !isAny(fields[3]) || !isAny(fields[4])) {
      return unbounded("output", "output at has to come every day: write * for days and months");
    }
    if (!isAny(fields[1])) {
      return 24 * 60 * minute;
    }
    return isAny(fields[0]) ? minute : 60 * minute;
  }

  private static boolean isAny(Expression field) {
    return field instanceof CrontabParameterExpression parameter
        && parameter.getType() == ScheduleItemType.WILDCARD;
  }

  /** How far back a pattern looks that stands at the top. */
  private long remembers(PatternExpr pattern) {
    return switch (pattern) {
      case PatternFollowedByExpr e -> {
        long sum = remembers(e.getChildren().getFirst());
        for (PatternExpr leg : e.getChildren().subList(1, e.getChildren().size())) {
          long waits = waits(leg);
          if (waits == Spans.UNBOUNDED) {
            yield unbounded(
                tag(leg),
                "the pattern can wait for this without end: add where timer:within(…), for"
                    + " instance -> ("
                    + example(leg)
                    + " where timer:within(10 sec))");
          }
          sum = Spans.add(sum, waits);
        }
        yield sum;
      }
      case PatternOrExpr e -> {
        long longest = 0;
        for (PatternExpr child : e.getChildren()) {
          longest = Math.max(longest, remembers(child));
        }
        yield longest;
      }
      case PatternEveryExpr e ->
          isInstant(e.getChildren().getFirst())
              ? 0
              : unbounded(
                  "every",
                  "what starts next depends on all that was before: put every around the first"
                      + " event alone, every a=A -> (b=B where timer:within(…))");
      case PatternEveryDistinctExpr e ->
          unbounded("distinct", "every-distinct remembers all it saw: use every");
      default ->
          unbounded(
              "pattern",
              "such a pattern begins once, when the application starts: begin with every and an"
                  + " event, every a=A -> …");
    };
  }

  /** Whether it holds nothing in mind: it waits, and is over when what it waits for comes. */
  private static boolean isInstant(PatternExpr pattern) {
    return switch (pattern) {
      case PatternFilterExpr e -> true;
      case PatternOrExpr e -> e.getChildren().stream().allMatch(Horizon::isInstant);
      case PatternObserverExpr e ->
          e.getName().equalsIgnoreCase("at") || e.getName().equalsIgnoreCase("schedule");
      default -> false;
    };
  }

  /** How long a part of a pattern can last once it has begun. */
  private static long waits(PatternExpr pattern) {
    return switch (pattern) {
      case PatternGuardExpr e ->
          Math.min(
              e.getParameters().isEmpty()
                  ? Spans.UNBOUNDED
                  : Spans.of(e.getParameters().getFirst()),
              waits(e.getChildren().getFirst()));
      case PatternObserverExpr e ->
          e.getName().equalsIgnoreCase("interval") && !e.getParameters().isEmpty()
              ? Spans.of(e.getParameters().getFirst())
              : Spans.UNBOUNDED;
      case PatternFollowedByExpr e -> {
        long sum = 0;
        for (PatternExpr leg : e.getChildren()) {
          sum = Spans.add(sum, waits(leg));
        }
        yield sum;
      }
      case PatternAndExpr e -> {
        long longest = -1;
        for (PatternExpr child : e.getChildren()) {
          if (!(child instanceof PatternNotExpr)) {
            longest = Math.max(longest, waits(child));
          }
        }
        yield longest < 0 ? Spans.UNBOUNDED : longest;
      }
      case PatternOrExpr e -> {
        long shortest = Spans.UNBOUNDED;
        for (PatternExpr child : e.getChildren()) {
          shortest = Math.min(shortest, waits(child));
        }
        yield shortest;
      }
      case PatternMatchUntilExpr e ->
          e.getChildren().size() > 1 ? waits(e.getChildren().get(1)) : Spans.UNBOUNDED;
      default -> Spans.UNBOUNDED;
    };
  }

  private static String tag(PatternExpr leg) {
    List<PatternFilterExpr> filters = Tree.filters(leg);
    if (filters.isEmpty()) {
      return "pattern";
    }
    PatternFilterExpr first = filters.getFirst();
    return first.getTagName() != null ? first.getTagName() : first.getFilter().getEventTypeName();
  }

  private static String example(PatternExpr leg) {
    List<PatternFilterExpr> filters = Tree.filters(leg);
    if (filters.isEmpty()) {
      return "b=B";
    }
    PatternFilterExpr first = filters.getFirst();
    String name = first.getFilter().getEventTypeName();
    return first.getTagName() == null ? name : first.getTagName() + "=" + name;
  }
}
