package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.*;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at expressions, wherever they stand. */
final class ExpressionGuard {
  private static final int MOST_PERCENTS = 2;

  private final Objections objections;

  /** The names of columns, streams, tags and aliases. */
  private final Set<String> names;

  private final Consumer<EPStatementObjectModel> subqueries;
  private int lambdas;

  /**
   * @param subqueries looks at the selects within expressions
   */
  ExpressionGuard(
      Objections objections, Set<String> names, Consumer<EPStatementObjectModel> subqueries) {
    this.objections = objections;
    this.names = names;
    this.subqueries = subqueries;
  }

  /** Looks at what a stream or a pattern takes of a stream. */
  void filter(Filter filter) {
    objections.refuseIf(
        filter.getOptionalPropertySelects() != null
            && !filter.getOptionalPropertySelects().isEmpty(),
        filter.getEventTypeName(),
        "events within events are not allowed");
    if (filter.getFilter() != null) {
      expression(filter.getFilter());
    }
  }

  /** Looks at an expression and all below it, subqueries included. */
  void expression(Expression expression) {
    if (!objections.deeper()) {
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
      case SubqueryExpression e -> subqueries.accept(e.getModel());
      case SubqueryExistsExpression e -> subqueries.accept(e.getModel());
      case SubqueryInExpression e -> subqueries.accept(e.getModel());
      case SubqueryQualifiedExpression e -> subqueries.accept(e.getModel());
      case PropertyValueExpression e -> property(e.getPropertyName());
      case DotExpression e -> chain(e);
      case CastExpression e ->
          objections.refuseIf(
              !Admission.CASTS.contains(e.getTypeName().toLowerCase(Locale.ROOT)),
              "cast",
              "cast can make string, boolean, int, long, float and double, not " + e.getTypeName());
      case LikeExpression e -> like(e);
      case LambdaExpression e -> {
        lambda = true;
        objections.refuseIf(++lambdas > 1, "=>", "a lambda within a lambda is not allowed");
      }
      case NamedParameterExpression e ->
          objections.refuseIf(
              !e.getName().equalsIgnoreCase("filter") && !e.getName().equalsIgnoreCase("iso"),
              e.getName(),
              e.getName() + ": is not allowed");
      case PlugInProjectionExpression e -> call(e.getFunctionName(), true);
      case RegExpExpression e ->
          objections.problem(
              "regexp",
              "regexp is not allowed: use like, or REGEXP_LIKE in a query before this one");
      case NewInstanceOperatorExpression e -> objections.problem("new", "new is not allowed");
      case NewOperatorExpression e -> objections.problem("new", "new is not allowed");
      case StaticMethodExpression e ->
          objections.problem(e.getClassName(), "Java cannot be called");
      default -> objections.refused(expression);
    }
    Tree.children(expression).forEach(this::expression);
    if (lambda) {
      lambdas--;
    }
    objections.shallower();
  }

  private void like(LikeExpression like) {
    List<Expression> parts = like.getChildren();
    boolean fine =
        parts.size() == 2
            && parts.get(1) instanceof ConstantExpression constant
            && constant.getConstant() instanceof String text
            && text.replaceAll("%+$", "").chars().filter(c -> c == '%').count() <= MOST_PERCENTS;
    objections.refuseIf(
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
        objections.problem(part, "no stream has a field " + part);
      }
    }
  }

  private void chain(DotExpression dot) {
    boolean first = dot.getChildren() == null || dot.getChildren().isEmpty();
    for (DotExpressionItem item : dot.getChain()) {
      switch (item) {
        case DotExpressionItemName name -> {
          for (String part : name.getName().split("\\.", -1)) {
            objections.refuseIf(
                !names.contains(part),
                part,
                "there is no " + part + " here; Java cannot be called");
          }
        }
        case DotExpressionItemCall call -> call(call.getName(), first);
        case DotExpressionItemArray array -> {}
        default -> objections.refused(item);
      }
      first = false;
    }
  }

  private void call(String name, boolean bare) {
    boolean known =
        bare
            ? Admission.FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))
            : Admission.METHODS.contains(name);
    objections.refuseIf(!known, name, name + "(…) is not among the functions that can be called");
  }
}
