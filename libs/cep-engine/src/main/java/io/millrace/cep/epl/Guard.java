package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.*;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Walks over a statement's object model and admits what is known to be harmless. Everything else is
 * refused, so that a construct that a later Esper brings along is refused too.
 */
final class Guard {
  private static final int DEEPEST = 200;
  private static final int MOST_STREAMS = 4;
  private static final int MOST_PERCENTS = 2;

  private final Statement statement;
  private final EplLimits limits;
  private final Problems problems;

  /** The names of columns, streams, tags and aliases. */
  private final Set<String> names;

  private int depth;
  private int lambdas;
  private int selects;

  Guard(Statement statement, EplLimits limits, Set<String> names, Problems problems) {
    this.statement = statement;
    this.limits = limits;
    this.names = names;
    this.problems = problems;
  }

  /** The names that a statement brings into being itself. */
  static Set<String> introduced(EPStatementObjectModel model) {
    Set<String> names = new HashSet<>();
    introduce(model, names);
    names.remove(null);
    return names;
  }

  private static void introduce(EPStatementObjectModel model, Set<String> names) {
    if (model.getInsertInto() != null) {
      names.add(model.getInsertInto().getStreamName());
      names.addAll(model.getInsertInto().getColumnNames());
    }
    if (model.getSelectClause() != null) {
      for (SelectClauseElement element : model.getSelectClause().getSelectList()) {
        if (element instanceof SelectClauseExpression e) {
          names.add(e.getAsName());
        } else if (element instanceof SelectClauseStreamWildcard e) {
          names.add(e.getOptionalColumnName());
        }
      }
    }
    if (model.getFromClause() != null) {
      for (Stream stream : model.getFromClause().getStreams()) {
        names.add(stream.getStreamName());
        if (stream instanceof PatternStream pattern) {
          Tree.filters(pattern.getExpression()).forEach(f -> names.add(f.getTagName()));
        }
      }
    }
    MatchRecognizeClause match = model.getMatchRecognizeClause();
    if (match != null) {
      match.getMeasures().forEach(measure -> names.add(measure.getAsName()));
      variables(match.getPattern(), names);
    }
    for (Expression expression : Tree.ofSelect(model)) {
      introduce(expression, names);
    }
  }

  private static void introduce(Expression expression, Set<String> names) {
    if (expression instanceof LambdaExpression lambda) {
      names.addAll(lambda.getParameters());
    }
    EPStatementObjectModel inner = Tree.subquery(expression);
    if (inner != null) {
      introduce(inner, names);
    }
    Tree.children(expression).forEach(child -> introduce(child, names));
  }

  private static void variables(MatchRecognizeRegEx pattern, Set<String> names) {
    if (pattern instanceof MatchRecognizeRegExAtom atom) {
      names.add(atom.getName());
    }
    pattern.getChildren().forEach(child -> variables(child, names));
  }

  /** Looks at a whole statement. */
  void statement(EPStatementObjectModel model) {
    refuseIf(
        model.getAnnotations() != null && !model.getAnnotations().isEmpty(),
        "@",
        "annotations are not allowed");
    refuseIf(
        notEmpty(model.getExpressionDeclarations()),
        "expression",
        "declared expressions are not allowed: write the expression where it is used");
    refuseIf(notEmpty(model.getScriptExpressions()), "expression", "scripts are not allowed");
    refuseIf(notEmpty(model.getClassProvidedExpressions()), "class", "Java is not allowed");
    refuseIf(
        model.getContextName() != null,
        "context",
        "contexts are not allowed: filter by the key, or use partition by");
    refuseIf(
        model.getCreateClass() != null
            || model.getCreateContext() != null
            || model.getCreateDataFlow() != null
            || model.getCreateExpression() != null
            || model.getCreateIndex() != null
            || model.getCreateSchema() != null
            || model.getCreateTable() != null
            || model.getCreateVariable() != null
            || model.getCreateWindow() != null,
        "create",
        "create is not allowed: streams are declared in the script, and intermediate ones come from"
            + " insert into");
    refuseIf(model.getOnExpr() != null, "on", "on is not allowed: write a select");
    refuseIf(model.getUpdateClause() != null, "update", "update is not allowed: write a select");
    refuseIf(
        model.getFireAndForgetClause() != null, null, "only select and insert into are allowed");
    refuseIf(model.getIntoTableClause() != null, "into", "into table is not allowed");
    refuseIf(model.getForClause() != null, "for", "for is not allowed");
    select(model);
  }

  private static boolean notEmpty(List<?> list) {
    return list != null && !list.isEmpty();
  }

  private void select(EPStatementObjectModel model) {
    if (++selects > 8) {
      problem("select", "too many subqueries: 8 are allowed");
      return;
    }
    if (model.getSelectClause() == null || model.getFromClause() == null) {
      problem(null, "write a select … from …");
      return;
    }
    refuseIf(
        model.getSelectClause().getStreamSelector() == StreamSelector.RSTREAM_ISTREAM_BOTH,
        "irstream",
        "irstream is not allowed: a stream only grows; write select, or select rstream");
    model.getSelectClause().getSelectList().forEach(this::element);
    insert(model.getInsertInto());
    List<Stream> streams = model.getFromClause().getStreams();
    refuseIf(streams.isEmpty(), "select", "write a select … from …");
    refuseIf(
        streams.size() > MOST_STREAMS,
        "from",
        "at most " + MOST_STREAMS + " streams can be joined");
    streams.forEach(this::stream);
    if (model.getMatchRecognizeClause() != null) {
      match(model.getMatchRecognizeClause());
    }
    if (model.getOutputLimitClause() != null) {
      output(model.getOutputLimitClause());
    }
    if (model.getRowLimitClause() != null) {
      refuseIf(
          model.getRowLimitClause().getNumRowsVariable() != null
              || model.getRowLimitClause().getOptionalOffsetRowsVariable() != null,
          "limit",
          "limit takes a number");
    }
    Tree.ofSelect(model).forEach(this::expression);
  }

  private void element(SelectClauseElement element) {
    switch (element) {
      case SelectClauseWildcard e -> {}
      case SelectClauseStreamWildcard e -> {}
      case SelectClauseExpression e ->
          refuseIf(e.isAnnotatedByEventFlag(), "eventbean", "annotations are not allowed");
      default -> refused(element);
    }
  }

  private void insert(InsertIntoClause insert) {
    if (insert == null) {
      return;
    }
    refuseIf(insert.getEventPrecedence() != null, "insert", "event-precedence is not allowed here");
    refuseIf(
        insert.getStreamSelector() != null
            && insert.getStreamSelector() != StreamSelector.ISTREAM_ONLY,
        "insert",
        "insert into takes no stream selector");
  }

  private void stream(Stream stream) {
    switch (stream) {
      case FilterStream filter -> filter(filter.getFilter());
      case PatternStream pattern -> {
        refuseIf(
            pattern.getAnnotations() != null && pattern.getAnnotations().length > 0,
            "pattern",
            "annotations are not allowed");
        pattern(pattern.getExpression());
      }
      case SQLStream sql -> problem("sql", "databases cannot be queried: join a cache in SQL");
      case MethodInvocationStream method -> problem("method", "methods cannot be called");
      default -> refused(stream);
    }
    if (stream instanceof ProjectedStream projected && projected.getViews() != null) {
      for (View view : projected.getViews()) {
        String name = view.getName();
        refuseIf(
            !Admission.VIEWS.contains(name.toLowerCase(Locale.ROOT))
                || (view.getNamespace() != null && !view.getNamespace().equals("win")),
            name,
            "#" + name + " is not allowed");
        view.getParameters().forEach(this::expression);
        refuseIf(
            name.toLowerCase(Locale.ROOT).contains("batch")
                && !name.equalsIgnoreCase("length_batch")
                && view.getParameters().stream().noneMatch(Progress::isLong),
            name,
            "#" + name + " takes a constant time of at least a second");
      }
    }
  }

  private void filter(Filter filter) {
    refuseIf(
        filter.getOptionalPropertySelects() != null
            && !filter.getOptionalPropertySelects().isEmpty(),
        filter.getEventTypeName(),
        "events within events are not allowed");
    if (filter.getFilter() != null) {
      expression(filter.getFilter());
    }
  }

  private void pattern(PatternExpr pattern) {
    if (!deeper()) {
      return;
    }
    switch (pattern) {
      case PatternFilterExpr e -> filter(e.getFilter());
      case PatternMatchUntilExpr e -> {
        repeat(e.getLow());
        repeat(e.getHigh());
        repeat(e.getSingle());
        again(e.getChildren().getFirst(), "until");
      }
      case PatternFollowedByExpr e -> {
        if (e.getOptionalMaxPerSubexpression() != null) {
          e.getOptionalMaxPerSubexpression().forEach(this::repeat);
        }
      }
      case PatternGuardExpr e -> named(e, Admission.GUARDS);
      case PatternObserverExpr e -> observer(e);
      case PatternEveryDistinctExpr e -> {
        e.getExpressions().forEach(this::expression);
        again(e.getChildren().getFirst(), "every");
      }
      case PatternEveryExpr e -> {
        if (startsWithEvery(e.getChildren().getFirst())) {
          problem("every", "every within every starts more and more of the same: leave one out");
        } else {
          again(e.getChildren().getFirst(), "every");
        }
      }
      case PatternAndExpr e -> {}
      case PatternOrExpr e -> {}
      case PatternNotExpr e -> {}
      default -> refused(pattern);
    }
    pattern.getChildren().forEach(this::pattern);
    depth--;
  }

  /** What is begun again and again has to wait for something between. */
  private void again(PatternExpr pattern, String word) {
    refuseIf(
        !Progress.is(pattern),
        word,
        "what is repeated has to begin with an event or with a timer of at least a second:"
            + " timer:interval(1 sec), timer:at(*, *, *, *, *, */10), timer:schedule(iso:"
            + " 'R/1970-01-01T00:00:00Z/PT10S')");
  }

  private void observer(PatternObserverExpr observer) {
    named(observer, Admission.OBSERVERS);
    List<Expression> parameters = observer.getParameters();
    refuseIf(
        observer.getName().equalsIgnoreCase("interval")
            && (parameters.isEmpty() || Spans.of(parameters.getFirst()) == Spans.UNBOUNDED),
        "interval",
        "timer:interval takes a constant time");
    refuseIf(
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
      default -> pattern.getChildren().stream().anyMatch(Guard::startsWithEvery);
    };
  }

  private void named(EPBaseNamedObject object, Set<String> admitted) {
    String name = object.getNamespace() + ":" + object.getName();
    refuseIf(
        !admitted.contains(name.toLowerCase(Locale.ROOT)),
        object.getName(),
        name + " is not allowed");
    object.getParameters().forEach(this::expression);
  }

  private void repeat(Expression count) {
    if (count == null) {
      return;
    }
    boolean fine =
        count instanceof ConstantExpression constant
            && constant.getConstant() instanceof Number n
            && n.doubleValue() >= 0
            && n.doubleValue() <= limits.repeats();
    if (!fine) {
      Token token = statement.tokens().getFirst();
      for (Token candidate : statement.tokens()) {
        if (count instanceof ConstantExpression constant
            && candidate.text().equals(String.valueOf(constant.getConstant()))) {
          token = candidate;
        }
      }
      problems.at(
          token.start(),
          token.end(),
          "the number of repeats has to be a constant of at most " + limits.repeats());
    }
  }

  private void match(MatchRecognizeClause match) {
    long size = size(match.getPattern());
    refuseIf(
        size > 10L * limits.repeats(),
        "pattern",
        "the pattern has "
            + size
            + " parts when its repeats are written out, "
            + 10L * limits.repeats()
            + " are allowed");
    if (match.getIntervalClause() != null && match.getIntervalClause().getExpression() != null) {
      expression(match.getIntervalClause().getExpression());
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
          problem("match_recognize_permute", "permutations are not allowed: write them out with |");
      default -> refused(pattern);
    }
    for (MatchRecognizeRegEx child : pattern.getChildren()) {
      own += size(child);
    }
    long times = 1;
    if (repeat != null) {
      repeat(repeat.getLow());
      repeat(repeat.getHigh());
      repeat(repeat.getSingle());
      for (Expression bound :
          new Expression[] {repeat.getLow(), repeat.getHigh(), repeat.getSingle()}) {
        if (bound instanceof ConstantExpression c && c.getConstant() instanceof Number n) {
          times = Math.max(times, Math.min(n.longValue(), 1_000_000));
        }
      }
    }
    return Math.min(own * times, Integer.MAX_VALUE);
  }

  private void output(OutputLimitClause output) {
    refuseIf(
        output.getThenAssignments() != null && !output.getThenAssignments().isEmpty(),
        "then",
        "variables are not allowed");
    refuseIf(
        output.getWhenExpression() != null
            || output.getFrequencyVariable() != null
            || output.isAndAfterTerminate()
            || output.getAfterTimePeriodExpression() != null
            || output.getAfterNumberOfEvents() != null,
        "output",
        "of output, the forms output [first|last|snapshot] at (…) are allowed");
    if (output.getTimePeriodExpression() != null) {
      expression(output.getTimePeriodExpression());
    }
    if (output.getCrontabAtParameters() != null) {
      refuseIf(
          output.getCrontabAtParameters().length > Progress.CRON_FIELDS,
          "at",
          "output at takes at most " + Progress.CRON_FIELDS + " fields, the last of them seconds");
      List.of(output.getCrontabAtParameters()).forEach(this::expression);
    }
  }

  private boolean deeper() {
    if (++depth > DEEPEST) {
      depth--;
      problem(null, "the expression is nested too deeply: " + DEEPEST + " levels are allowed");
      return false;
    }
    return true;
  }

  private void expression(Expression expression) {
    if (!deeper()) {
      return;
    }
    boolean lambda = false;
    switch (expression) {
      case ArithmaticExpression e -> {}
      case ArrayExpression e -> {}
      case AvedevProjectionExpression e -> {}
      case AvgProjectionExpression e -> {}
      case BetweenExpression e -> {}
      case BitwiseOpExpression e -> {}
      case CaseSwitchExpression e -> {}
      case CaseWhenThenExpression e -> {}
      case CoalesceExpression e -> {}
      case CompareListExpression e -> {}
      case ConcatExpression e -> {}
      case Conjunction e -> {}
      case Disjunction e -> {}
      case ConstantExpression e -> {}
      case CountProjectionExpression e -> {}
      case CountStarProjectionExpression e -> {}
      case CrontabFrequencyExpression e -> {}
      case CrontabParameterExpression e -> {}
      case CrontabParameterSetExpression e -> {}
      case CrontabRangeExpression e -> {}
      case CurrentTimestampExpression e -> {}
      case FirstProjectionExpression e -> {}
      case LastProjectionExpression e -> {}
      case WindowProjectionExpression e -> {}
      case GroupingExpression e -> {}
      case GroupingIdExpression e -> {}
      case InExpression e -> {}
      case IStreamBuiltinExpression e -> {}
      case MaxProjectionExpression e -> {}
      case MaxRowExpression e -> {}
      case MedianProjectionExpression e -> {}
      case MinProjectionExpression e -> {}
      case MinRowExpression e -> {}
      case NotExpression e -> {}
      case OrderedObjectParamExpression e -> {}
      case PreviousExpression e -> {}
      case PriorExpression e -> {}
      case PropertyExistsExpression e -> {}
      case RelationalOpExpression e -> {}
      case StddevProjectionExpression e -> {}
      case StreamWildcardExpression e -> {}
      case SumProjectionExpression e -> {}
      case TimePeriodExpression e -> {}
      case WildcardExpression e -> {}
      case SubqueryExpression e -> select(e.getModel());
      case SubqueryExistsExpression e -> select(e.getModel());
      case SubqueryInExpression e -> select(e.getModel());
      case SubqueryQualifiedExpression e -> select(e.getModel());
      case PropertyValueExpression e -> property(e.getPropertyName());
      case DotExpression e -> chain(e);
      case CastExpression e ->
          refuseIf(
              !Admission.CASTS.contains(e.getTypeName().toLowerCase(Locale.ROOT)),
              "cast",
              "cast can make string, boolean, int, long, float and double, not " + e.getTypeName());
      case LikeExpression e -> like(e);
      case LambdaExpression e -> {
        lambda = true;
        refuseIf(++lambdas > 1, "=>", "a lambda within a lambda is not allowed");
      }
      case NamedParameterExpression e ->
          refuseIf(
              !e.getName().equalsIgnoreCase("filter") && !e.getName().equalsIgnoreCase("iso"),
              e.getName(),
              e.getName() + ": is not allowed");
      case PlugInProjectionExpression e -> call(e.getFunctionName(), true);
      case RegExpExpression e ->
          problem(
              "regexp",
              "regexp is not allowed: use like, or REGEXP_LIKE in a query before this one");
      case NewInstanceOperatorExpression e -> problem("new", "new is not allowed");
      case NewOperatorExpression e -> problem("new", "new is not allowed");
      case StaticMethodExpression e -> problem(e.getClassName(), "Java cannot be called");
      default -> refused(expression);
    }
    Tree.children(expression).forEach(this::expression);
    if (lambda) {
      lambdas--;
    }
    depth--;
  }

  private void like(LikeExpression like) {
    List<Expression> parts = like.getChildren();
    boolean fine =
        parts.size() == 2
            && parts.get(1) instanceof ConstantExpression constant
            && constant.getConstant() instanceof String text
            && text.replaceAll("%+$", "").chars().filter(c -> c == '%').count() <= MOST_PERCENTS;
    refuseIf(
        !fine,
        "like",
        "like takes a constant text with at most " + MOST_PERCENTS + " of %, and one at its end");
  }

  /**
   * The first part of a path is Esper's to find; the others have to be fields that we know. Esper
   * also takes a call with one constant text for a path.
   */
  private void property(String path) {
    List<String> parts = Paths.parts(path);
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      int bracket = part.indexOf('(');
      if (bracket >= 0) {
        String name = part.substring(0, bracket).strip();
        if (i > 0 || !names.contains(name)) {
          call(name, i == 0);
        }
      } else if (i > 0 && !names.contains(part)) {
        problem(part, "no stream has a field " + part);
      }
    }
  }

  private void chain(DotExpression dot) {
    boolean first = dot.getChildren() == null || dot.getChildren().isEmpty();
    for (DotExpressionItem item : dot.getChain()) {
      switch (item) {
        case DotExpressionItemName name -> {
          for (String part : name.getName().split("\\.", -1)) {
            refuseIf(
                !names.contains(part),
                part,
                "there is no " + part + " here; Java cannot be called");
          }
        }
        case DotExpressionItemCall call -> call(call.getName(), first);
        case DotExpressionItemArray array -> {}
        default -> refused(item);
      }
      first = false;
    }
  }

  private void call(String name, boolean bare) {
    boolean known =
        bare
            ? Admission.FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))
            : Admission.METHODS.contains(name);
    refuseIf(!known, name, name + "(…) is not among the functions that can be called");
  }

  private void refused(Object node) {
    String kind = node.getClass().getSimpleName();
    problem(
        null,
        "this is not allowed in EPL here: " + kind.replaceAll("(Expression|Clause|Expr)$", ""));
  }

  private void refuseIf(boolean condition, String word, String message) {
    if (condition) {
      problem(word, message);
    }
  }

  private void problem(String word, String message) {
    statement.problem(problems, word, message);
  }
}
