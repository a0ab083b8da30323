package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.FilterStream;
import com.espertech.esper.common.client.soda.InsertIntoClause;
import com.espertech.esper.common.client.soda.MethodInvocationStream;
import com.espertech.esper.common.client.soda.OutputLimitClause;
import com.espertech.esper.common.client.soda.PatternStream;
import com.espertech.esper.common.client.soda.ProjectedStream;
import com.espertech.esper.common.client.soda.SQLStream;
import com.espertech.esper.common.client.soda.SelectClauseElement;
import com.espertech.esper.common.client.soda.SelectClauseExpression;
import com.espertech.esper.common.client.soda.SelectClauseStreamWildcard;
import com.espertech.esper.common.client.soda.SelectClauseWildcard;
import com.espertech.esper.common.client.soda.Stream;
import com.espertech.esper.common.client.soda.StreamSelector;
import com.espertech.esper.common.client.soda.View;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Walks over a statement's object model and admits what is known to be harmless. Everything else is
 * refused, so that a construct that a later Esper brings along is refused too. Here are the clauses
 * of a statement; {@link ExpressionGuard}, {@link PatternGuard} and {@link RowPatternGuard} look at
 * what stands in them.
 */
final class Guard {
  private static final int MOST_STREAMS = 4;

  private final Objections objections;
  private final ExpressionGuard expressions;
  private final PatternGuard patterns;
  private final RowPatternGuard rowPatterns;
  private int selects;

  /**
   * @param names those of columns, streams, tags and aliases
   */
  Guard(Statement statement, EplLimits limits, Set<String> names, Problems problems) {
    this.objections = new Objections(statement, problems);
    this.expressions = new ExpressionGuard(objections, names, this::select);
    RepeatGuard repeats = new RepeatGuard(limits, objections);
    this.patterns = new PatternGuard(objections, repeats, expressions);
    this.rowPatterns = new RowPatternGuard(objections, repeats, expressions);
  }

  /** Looks at a whole statement. */
  void statement(EPStatementObjectModel model) {
    objections.refuseIf(
        model.getAnnotations() != null && !model.getAnnotations().isEmpty(),
        "@",
        "annotations are not allowed");
    objections.refuseIf(
        notEmpty(model.getExpressionDeclarations()),
        "expression",
        "declared expressions are not allowed: write the expression where it is used");
    objections.refuseIf(
        notEmpty(model.getScriptExpressions()), "expression", "scripts are not allowed");
    objections.refuseIf(
        notEmpty(model.getClassProvidedExpressions()), "class", "Java is not allowed");
    objections.refuseIf(
        model.getContextName() != null,
        "context",
        "contexts are not allowed: filter by the key, or use partition by");
    objections.refuseIf(
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
    objections.refuseIf(model.getOnExpr() != null, "on", "on is not allowed: write a select");
    objections.refuseIf(
        model.getUpdateClause() != null, "update", "update is not allowed: write a select");
    objections.refuseIf(
        model.getFireAndForgetClause() != null, null, "only select and insert into are allowed");
    objections.refuseIf(model.getIntoTableClause() != null, "into", "into table is not allowed");
    objections.refuseIf(model.getForClause() != null, "for", "for is not allowed");
    select(model);
  }

  private static boolean notEmpty(List<?> list) {
    return list != null && !list.isEmpty();
  }

  private void select(EPStatementObjectModel model) {
    if (++selects > 8) {
      objections.problem("select", "too many subqueries: 8 are allowed");
      return;
    }
    if (model.getSelectClause() == null || model.getFromClause() == null) {
      objections.problem(null, "write a select … from …");
      return;
    }
    objections.refuseIf(
        model.getSelectClause().getStreamSelector() == StreamSelector.RSTREAM_ISTREAM_BOTH,
        "irstream",
        "irstream is not allowed: a stream only grows; write select, or select rstream");
    model.getSelectClause().getSelectList().forEach(this::element);
    insert(model.getInsertInto());
    List<Stream> streams = model.getFromClause().getStreams();
    objections.refuseIf(streams.isEmpty(), "select", "write a select … from …");
    objections.refuseIf(
        streams.size() > MOST_STREAMS,
        "from",
        "at most " + MOST_STREAMS + " streams can be joined");
    streams.forEach(this::stream);
    if (model.getMatchRecognizeClause() != null) {
      rowPatterns.match(model.getMatchRecognizeClause());
    }
    if (model.getOutputLimitClause() != null) {
      output(model.getOutputLimitClause());
    }
    if (model.getRowLimitClause() != null) {
      objections.refuseIf(
          model.getRowLimitClause().getNumRowsVariable() != null
              || model.getRowLimitClause().getOptionalOffsetRowsVariable() != null,
          "limit",
          "limit takes a number");
    }
    Tree.ofSelect(model).forEach(expressions::expression);
  }

  private void element(SelectClauseElement element) {
    switch (element) {
      case SelectClauseWildcard e -> {}
      case SelectClauseStreamWildcard e -> {}
      case SelectClauseExpression e ->
          objections.refuseIf(
              e.isAnnotatedByEventFlag(), "eventbean", "annotations are not allowed");
      default -> objections.refused(element);
    }
  }

  private void insert(InsertIntoClause insert) {
    if (insert == null) {
      return;
    }
    objections.refuseIf(
        insert.getEventPrecedence() != null, "insert", "event-precedence is not allowed here");
    objections.refuseIf(
        insert.getStreamSelector() != null
            && insert.getStreamSelector() != StreamSelector.ISTREAM_ONLY,
        "insert",
        "insert into takes no stream selector");
  }

  private void stream(Stream stream) {
    switch (stream) {
      case FilterStream filter -> expressions.filter(filter.getFilter());
      case PatternStream pattern -> {
        objections.refuseIf(
            pattern.getAnnotations() != null && pattern.getAnnotations().length > 0,
            "pattern",
            "annotations are not allowed");
        patterns.pattern(pattern.getExpression());
      }
      case SQLStream sql ->
          objections.problem("sql", "databases cannot be queried: join a cache in SQL");
      case MethodInvocationStream method ->
          objections.problem("method", "methods cannot be called");
      default -> objections.refused(stream);
    }
    if (stream instanceof ProjectedStream projected && projected.getViews() != null) {
      for (View view : projected.getViews()) {
        String name = view.getName();
        objections.refuseIf(
            !Admission.VIEWS.contains(name.toLowerCase(Locale.ROOT))
                || (view.getNamespace() != null && !view.getNamespace().equals("win")),
            name,
            "#" + name + " is not allowed");
        view.getParameters().forEach(expressions::expression);
        objections.refuseIf(
            name.toLowerCase(Locale.ROOT).contains("batch")
                && !name.equalsIgnoreCase("length_batch")
                && view.getParameters().stream().noneMatch(Progress::isLong),
            name,
            "#" + name + " takes a constant time of at least a second");
      }
    }
  }

  private void output(OutputLimitClause output) {
    objections.refuseIf(
        output.getThenAssignments() != null && !output.getThenAssignments().isEmpty(),
        "then",
        "variables are not allowed");
    objections.refuseIf(
        output.getWhenExpression() != null
            || output.getFrequencyVariable() != null
            || output.isAndAfterTerminate()
            || output.getAfterTimePeriodExpression() != null
            || output.getAfterNumberOfEvents() != null,
        "output",
        "of output, the forms output [first|last|snapshot] at (…) are allowed");
    if (output.getTimePeriodExpression() != null) {
      expressions.expression(output.getTimePeriodExpression());
    }
    if (output.getCrontabAtParameters() != null) {
      objections.refuseIf(
          output.getCrontabAtParameters().length > Progress.CRON_FIELDS,
          "at",
          "output at takes at most " + Progress.CRON_FIELDS + " fields, the last of them seconds");
      List.of(output.getCrontabAtParameters()).forEach(expressions::expression);
    }
  }
}
