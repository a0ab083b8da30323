package io.millrace.cep.epl;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.Filter;
import com.espertech.esper.common.client.soda.FilterStream;
import com.espertech.esper.common.client.soda.PatternStream;
import com.espertech.esper.common.client.soda.Stream;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which streams a statement reads, wherever it does. */
final class Reads {

  private Reads() {}

  /** The names in the order of the text, those in subqueries and filters included. */
  static Set<String> all(EPStatementObjectModel model) {
    Set<String> names = new LinkedHashSet<>();
    add(model, names);
    return names;
  }

  private static void add(EPStatementObjectModel model, Set<String> names) {
    names.addAll(Tree.reads(model));
    for (Stream stream : model.getFromClause().getStreams()) {
      if (stream instanceof FilterStream filter) {
        add(filter.getFilter(), names);
      } else if (stream instanceof PatternStream pattern) {
        Tree.filters(pattern.getExpression()).forEach(f -> add(f.getFilter(), names));
      }
    }
    Tree.ofSelect(model).forEach(expression -> add(expression, names));
  }

  private static void add(Filter filter, Set<String> names) {
    if (filter.getFilter() != null) {
      add(filter.getFilter(), names);
    }
  }

  private static void add(Expression expression, Set<String> names) {
    EPStatementObjectModel inner = Tree.subquery(expression);
    if (inner != null) {
      add(inner, names);
    }
    Tree.children(expression).forEach(child -> add(child, names));
  }
}
