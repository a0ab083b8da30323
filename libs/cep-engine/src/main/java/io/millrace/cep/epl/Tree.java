package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.DotExpression;
import com.espertech.esper.common.client.soda.DotExpressionItem;
import com.espertech.esper.common.client.soda.DotExpressionItemArray;
import com.espertech.esper.common.client.soda.DotExpressionItemCall;
import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.FilterStream;
import com.espertech.esper.common.client.soda.GroupByClauseExpression;
import com.espertech.esper.common.client.soda.GroupByClauseExpressionCombination;
import com.espertech.esper.common.client.soda.GroupByClauseExpressionGroupingSet;
import com.espertech.esper.common.client.soda.GroupByClauseExpressionRollupOrCube;
import com.espertech.esper.common.client.soda.GroupByClauseExpressionSingle;
import com.espertech.esper.common.client.soda.MatchRecognizeClause;
import com.espertech.esper.common.client.soda.OrderByElement;
import com.espertech.esper.common.client.soda.OuterJoinQualifier;
import com.espertech.esper.common.client.soda.PatternExpr;
import com.espertech.esper.common.client.soda.PatternFilterExpr;
import com.espertech.esper.common.client.soda.PatternStream;
import com.espertech.esper.common.client.soda.SelectClauseElement;
import com.espertech.esper.common.client.soda.SelectClauseExpression;
import com.espertech.esper.common.client.soda.Stream;
import com.espertech.esper.common.client.soda.SubqueryExistsExpression;
import com.espertech.esper.common.client.soda.SubqueryExpression;
import com.espertech.esper.common.client.soda.SubqueryInExpression;
import com.espertech.esper.common.client.soda.SubqueryQualifiedExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What hangs below the nodes of Esper's object model. */
final class Tree {

  private Tree() {}

  /** The expressions right below one, those in the calls of a chain included. */
  static List<Expression> children(Expression expression) {
    List<Expression> children = new ArrayList<>();
    if (expression.getChildren() != null) {
      children.addAll(expression.getChildren());
    }
    if (expression instanceof DotExpression dot) {
      for (DotExpressionItem item : dot.getChain()) {
        if (item instanceof DotExpressionItemCall call) {
          children.addAll(call.getParameters());
        } else if (item instanceof DotExpressionItemArray array) {
          children.addAll(array.getIndexes());
        }
      }
    }
    children.removeIf(java.util.Objects::isNull);
    return children;
  }

  /** The select inside an expression, or null. */
  static EPStatementObjectModel subquery(Expression expression) {
    return switch (expression) {
      case SubqueryExpression e -> e.getModel();
      case SubqueryInExpression e -> e.getModel();
      case SubqueryExistsExpression e -> e.getModel();
      case SubqueryQualifiedExpression e -> e.getModel();
      default -> null;
    };
  }

  /** Whether an expression or one below it is such; does not look into subqueries. */
  static boolean any(Expression expression, Predicate<Expression> what) {
    if (expression == null) {
      return false;
    }
    if (what.test(expression)) {
      return true;
    }
    for (Expression child : children(expression)) {
      if (any(child, what)) {
        return true;
      }
    }
    return false;
  }

  /** All expressions that stand right in a select, those of its streams left out. */
  static List<Expression> ofSelect(EPStatementObjectModel model) {
    List<Expression> all = new ArrayList<>();
    if (model.getSelectClause() != null) {
      for (SelectClauseElement element : model.getSelectClause().getSelectList()) {
        if (element instanceof SelectClauseExpression e) {
          all.add(e.getExpression());
        }
      }
    }
    all.add(model.getWhereClause());
    all.add(model.getHavingClause());
    if (model.getGroupByClause() != null) {
      for (GroupByClauseExpression group : model.getGroupByClause().getGroupByExpressions()) {
        groups(group, all);
      }
    }
    if (model.getOrderByClause() != null) {
      for (OrderByElement element : model.getOrderByClause().getOrderByExpressions()) {
        all.add(element.getExpression());
      }
    }
    if (model.getFromClause() != null) {
      for (OuterJoinQualifier join : model.getFromClause().getOuterJoinQualifiers()) {
        all.add(join.getLeft());
        all.add(join.getRight());
        join.getAdditionalProperties()
            .forEach(pair -> {
              all.add(pair.getLeft());
              all.add(pair.getRight());
            });
      }
    }
    MatchRecognizeClause match = model.getMatchRecognizeClause();
    if (match != null) {
      all.addAll(match.getPartitionExpressions());
      match.getMeasures().forEach(measure -> all.add(measure.getExpression()));
      match.getDefines().forEach(define -> all.add(define.getExpression()));
    }
    all.removeIf(java.util.Objects::isNull);
    return all;
  }

  private static void groups(GroupByClauseExpression group, List<Expression> all) {
    switch (group) {
      case GroupByClauseExpressionSingle single -> all.add(single.getExpression());
      case GroupByClauseExpressionCombination several -> all.addAll(several.getExpressions());
      case GroupByClauseExpressionGroupingSet set ->
          set.getExpressions().forEach(one -> groups(one, all));
      case GroupByClauseExpressionRollupOrCube cube ->
          cube.getExpressions().forEach(one -> groups(one, all));
      default -> throw new IllegalStateException("unknown kind of group " + group);
    }
  }

  /** The names of the streams that a select takes from, those of its subqueries left out. */
  static List<String> reads(EPStatementObjectModel model) {
    List<String> names = new ArrayList<>();
    if (model.getFromClause() == null) {
      return names;
    }
    for (Stream stream : model.getFromClause().getStreams()) {
      if (stream instanceof FilterStream filter) {
        names.add(filter.getFilter().getEventTypeName());
      } else if (stream instanceof PatternStream pattern) {
        filters(pattern.getExpression())
            .forEach(filter -> names.add(filter.getFilter().getEventTypeName()));
      }
    }
    return names;
  }

  /** The filters of a pattern. */
  static List<PatternFilterExpr> filters(PatternExpr pattern) {
    List<PatternFilterExpr> found = new ArrayList<>();
    collect(pattern, found);
    return found;
  }

  private static void collect(PatternExpr pattern, List<PatternFilterExpr> found) {
    if (pattern instanceof PatternFilterExpr filter) {
      found.add(filter);
    }
    pattern.getChildren().forEach(child -> collect(child, found));
  }
}
