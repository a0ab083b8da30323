package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.LambdaExpression;
import com.espertech.esper.common.client.soda.MatchRecognizeClause;
import com.espertech.esper.common.client.soda.MatchRecognizeRegEx;
import com.espertech.esper.common.client.soda.MatchRecognizeRegExAtom;
import com.espertech.esper.common.client.soda.PatternStream;
import com.espertech.esper.common.client.soda.SelectClauseElement;
import com.espertech.esper.common.client.soda.SelectClauseExpression;
import com.espertech.esper.common.client.soda.SelectClauseStreamWildcard;
import com.espertech.esper.common.client.soda.Stream;
import java.util.HashSet;
import java.util.Set;

/** The names that a statement brings into being itself: of columns, streams, tags, aliases. */
final class IntroducedNames {

  private IntroducedNames() {}

  static Set<String> of(EPStatementObjectModel model) {
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
}
