package io.millrace.flow.query;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Puts the plan's names into FROM, keeping what they were called as aliases, and the alias before
 * fields of ROW columns that stand without one ({@code after.quantity}). Changes the tree it is
 * given.
 */
final class FromNames {

  private final RelationResolver resolver;
  private final Map<String, Relation> relations = new LinkedHashMap<>();
  private boolean unresolved;

  FromNames(RelationResolver resolver) {
    this.resolver = resolver;
  }

  /** Every relation that the query reads, by the plan's names. */
  Map<String, Relation> relations() {
    return relations;
  }

  /** Whether a name stands for nothing that is known. */
  boolean hasUnresolved() {
    return unresolved;
  }

  void rewrite(SqlNode query) {
    query(query, Set.of());
  }

  private void query(SqlNode node, Set<String> with) {
    switch (node) {
      case SqlSelect select -> select(select, with);
      case SqlWith withNode -> {
        Set<String> visible = new HashSet<>(with);
        for (SqlNode item : withNode.withList) {
          SqlWithItem withItem = (SqlWithItem) item;
          query(withItem.query, visible);
          visible.add(withItem.name.getSimple().toLowerCase(Locale.ROOT));
        }
        query(withNode.body, visible);
      }
      case SqlCall call -> {
        // Set operations, ORDER BY and the like: each operand that is a query.
        for (SqlNode operand : call.getOperandList()) {
          if (operand instanceof SqlCall && operand.isA(SqlKind.QUERY)) {
            query(operand, with);
          }
        }
      }
      case null, default -> {}
    }
  }

  private void select(SqlSelect select, Set<String> with) {
    Scope scope = new Scope();
    if (select.getFrom() != null) {
      select.setFrom(from(select.getFrom(), null, with, scope));
    }
    FieldQualifier fields = new FieldQualifier(scope);
    fields.list(select.getSelectList());
    select.setWhere(fields.node(select.getWhere()));
    fields.list(select.getGroup());
    select.setHaving(fields.node(select.getHaving()));
    fields.conditions(select.getFrom());
    subQueries(select.getSelectList(), with);
    subQueries(select.getWhere(), with);
    subQueries(select.getHaving(), with);
  }

  /** Queries in expressions: EXISTS and IN. */
  private void subQueries(SqlNode expression, Set<String> with) {
    if (expression != null) {
      expression.accept(
          new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
              if (call.isA(SqlKind.QUERY)) {
                query(call, with);
                return null;
              }
              return super.visit(call);
            }
          });
    }
  }

  private SqlNode from(SqlNode node, String alias, Set<String> with, Scope scope) {
    switch (node) {
      case SqlIdentifier name -> {
        return table(name, alias, with, scope);
      }
      case SqlJoin join -> {
        join.setLeft(from(join.getLeft(), null, with, scope));
        join.setRight(from(join.getRight(), null, with, scope));
        return join;
      }
      case SqlBasicCall as when as.getKind() == SqlKind.AS -> {
        String given = ((SqlIdentifier) as.operand(1)).getSimple();
        as.setOperand(0, from(as.operand(0), given, with, scope));
        return as;
      }
      case SqlCall call when call.isA(SqlKind.QUERY) -> {
        scope.other(alias);
        query(call, with);
        return call;
      }
      case SqlCall call -> {
        scope.other(alias);
        arguments(call, with);
        return call;
      }
      default -> {
        return node;
      }
    }
  }

  /** Table functions, MATCH_RECOGNIZE and the like: their tables stand in their operands. */
  private void arguments(SqlCall call, Set<String> with) {
    boolean table =
        call.getKind() == SqlKind.EXPLICIT_TABLE
            || call.getKind() == SqlKind.MATCH_RECOGNIZE
            || call.getKind() == SqlKind.SNAPSHOT
            || call.getKind() == SqlKind.TABLESAMPLE;
    List<SqlNode> operands = call.getOperandList();
    for (int i = 0; i < operands.size(); i++) {
      SqlNode operand = operands.get(i);
      if (operand instanceof SqlIdentifier name && table && i == 0) {
        call.setOperand(0, table(name, name.names.get(name.names.size() - 1), with, new Scope()));
      } else if (operand instanceof SqlCall inner) {
        if (inner.isA(SqlKind.QUERY)
            && inner.getKind() != SqlKind.EXPLICIT_TABLE
            && inner.getKind() != SqlKind.VALUES) {
          query(inner, with);
        } else {
          arguments(inner, with);
        }
      }
    }
  }

  private SqlNode table(SqlIdentifier name, String alias, Set<String> with, Scope scope) {
    if (name.isSimple() && with.contains(name.getSimple().toLowerCase(Locale.ROOT))) {
      scope.other(alias == null ? name.getSimple() : alias);
      return name;
    }
    SqlParserPos pos = name.getParserPosition();
    Relation relation = resolver.resolve(name.names, pos);
    if (relation == null) {
      unresolved = true;
      return name;
    }
    relations.put(relation.name(), relation);
    String written = name.names.get(name.names.size() - 1);
    SqlIdentifier canonical = new SqlIdentifier(relation.name(), pos);
    scope.relation(alias == null ? written : alias, relation);
    return alias != null || written.equalsIgnoreCase(relation.name())
        ? canonical
        : SqlStdOperatorTable.AS.createCall(pos, canonical, new SqlIdentifier(written, pos));
  }

  /** What FROM of one SELECT brings into view. */
  private static final class Scope {
    private final Map<String, Relation> byAlias = new HashMap<>();
    private final Set<String> aliases = new HashSet<>();
    private final List<String> written = new ArrayList<>();

    void relation(String alias, Relation relation) {
      byAlias.put(alias, relation);
      aliases.add(alias.toLowerCase(Locale.ROOT));
      written.add(alias);
    }

    void other(String alias) {
      if (alias != null) {
        aliases.add(alias.toLowerCase(Locale.ROOT));
      }
    }

    /** The alias of the only relation that has such a ROW column, or null. */
    String ownerOf(String column) {
      String owner = null;
      for (String alias : written) {
        OptionalInt index = byAlias.get(alias).row().indexOf(column);
        if (index.isPresent()) {
          Field field = byAlias.get(alias).row().field(index.getAsInt());
          if (owner != null || !(field.type() instanceof DataType.Row)) {
            return null;
          }
          owner = alias;
        }
      }
      return owner;
    }
  }

  /** Puts the alias before {@code row_column.field}. */
  private static final class FieldQualifier extends SqlShuttle {
    private final Scope scope;

    FieldQualifier(Scope scope) {
      this.scope = scope;
    }

    void list(SqlNodeList list) {
      if (list != null) {
        for (int i = 0; i < list.size(); i++) {
          list.set(i, list.get(i).accept(this));
        }
      }
    }

    SqlNode node(SqlNode node) {
      return node == null ? null : node.accept(this);
    }

    void conditions(SqlNode from) {
      if (from instanceof SqlJoin join) {
        conditions(join.getLeft());
        conditions(join.getRight());
        if (join.getCondition() != null && join.getCondition() instanceof SqlCall) {
          join.setOperand(5, join.getCondition().accept(this));
        }
      }
    }

    @Override
    public SqlNode visit(SqlCall call) {
      return call.isA(SqlKind.QUERY) ? call : super.visit(call);
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
      if (id.names.size() < 2 || scope.aliases.contains(id.names.get(0).toLowerCase(Locale.ROOT))) {
        return id;
      }
      String owner = scope.ownerOf(id.names.get(0));
      if (owner == null) {
        return id;
      }
      List<String> names = new ArrayList<>();
      names.add(owner);
      names.addAll(id.names);
      List<SqlParserPos> positions = new ArrayList<>();
      positions.add(id.getComponentParserPosition(0));
      for (int i = 0; i < id.names.size(); i++) {
        positions.add(id.getComponentParserPosition(i));
      }
      return new SqlIdentifier(names, null, id.getParserPosition(), positions);
    }
  }
}
