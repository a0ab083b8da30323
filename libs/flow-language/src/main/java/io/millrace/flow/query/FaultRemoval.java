package io.millrace.flow.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Takes what is faulty out of a query, so that the rest can be looked at as well: a column of the
 * select list, a condition, an item of GROUP BY. Changes the tree it is given.
 */
final class FaultRemoval {

  /** Stands for a column without a name, which nothing can read. */
  private static final String NAMELESS = "expr$";

  private final Set<String> lost;

  /**
   * @param lost where the names of columns that were taken out go, as in {@link Relation}
   */
  FaultRemoval(Set<String> lost) {
    this.lost = lost;
  }

  /** Whether something around the place could be taken out. */
  boolean remove(SqlNode query, SqlParserPos fault) {
    List<SqlSelect> around = new ArrayList<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && contains(select, fault)) {
              around.add(0, select);
            }
            return super.visit(call);
          }
        });
    for (SqlSelect select : around) {
      if (removeFrom(select, fault)) {
        return true;
      }
    }
    return false;
  }

  private boolean removeFrom(SqlSelect select, SqlParserPos fault) {
    if (removeItem(select, fault)) {
      return true;
    }
    if (contains(select.getWhere(), fault)) {
      select.setWhere(without(select.getWhere(), fault));
      return true;
    }
    if (contains(select.getHaving(), fault)) {
      select.setHaving(without(select.getHaving(), fault));
      return true;
    }
    return removeGroup(select, fault) || removeCondition(select.getFrom(), fault);
  }

  private boolean removeItem(SqlSelect select, SqlParserPos fault) {
    SqlNodeList items = select.getSelectList();
    for (int i = 0; i < items.size(); i++) {
      SqlNode item = items.get(i);
      if (contains(item, fault)) {
        if (item instanceof SqlLiteral) {
          return false;
        }
        lost.add(nameOf(item));
        SqlNodeList kept = new SqlNodeList(items.getParserPosition());
        for (int j = 0; j < items.size(); j++) {
          if (j != i) {
            kept.add(items.get(j));
          }
        }
        if (kept.isEmpty()) {
          kept.add(SqlLiteral.createBoolean(true, item.getParserPosition()));
        }
        select.setSelectList(kept);
        return true;
      }
    }
    return false;
  }

  private static String nameOf(SqlNode item) {
    if (item instanceof SqlIdentifier id && id.isStar()) {
      return Relation.ANY;
    }
    String alias = SqlValidatorUtil.alias(item);
    return alias == null ? NAMELESS : alias.toLowerCase(Locale.ROOT);
  }

  private static boolean removeGroup(SqlSelect select, SqlParserPos fault) {
    SqlNodeList group = select.getGroup();
    if (group == null) {
      return false;
    }
    SqlNodeList kept = new SqlNodeList(group.getParserPosition());
    group.stream().filter(g -> !contains(g, fault)).forEach(kept::add);
    if (kept.size() == group.size()) {
      return false;
    }
    select.setGroupBy(kept.isEmpty() ? null : kept);
    return true;
  }

  private static boolean removeCondition(SqlNode from, SqlParserPos fault) {
    if (!(from instanceof SqlJoin join)) {
      return false;
    }
    if (contains(join.getCondition(), fault) && !(join.getCondition() instanceof SqlNodeList)) {
      SqlNode rest = without(join.getCondition(), fault);
      join.setOperand(5, rest == null ? SqlLiteral.createBoolean(true, SqlParserPos.ZERO) : rest);
      return true;
    }
    return removeCondition(join.getLeft(), fault) || removeCondition(join.getRight(), fault);
  }

  /** A conjunction without the part around a place; null when nothing is left. */
  private static SqlNode without(SqlNode condition, SqlParserPos fault) {
    if (condition instanceof SqlBasicCall and && and.getKind() == SqlKind.AND) {
      for (int i = 0; i < 2; i++) {
        if (contains(and.operand(i), fault)) {
          SqlNode rest = without(and.operand(i), fault);
          SqlNode other = and.operand(1 - i);
          if (rest == null) {
            return other;
          }
          return and.getOperator().createCall(and.getParserPosition(), other, rest);
        }
      }
    }
    return null;
  }

  private static boolean contains(SqlNode node, SqlParserPos fault) {
    if (node == null) {
      return false;
    }
    SqlParserPos pos =
        node instanceof SqlIdentifier || node instanceof SqlLiteral
            ? node.getParserPosition()
            : SqlParserPos.sum(List.of(node.getParserPosition(), extent(node)));
    return !before(fault.getLineNum(), fault.getColumnNum(), pos.getLineNum(), pos.getColumnNum())
        && !before(
            pos.getEndLineNum(), pos.getEndColumnNum(), fault.getLineNum(), fault.getColumnNum());
  }

  /** From the first to the last of what is in a node: the position of some calls is narrower. */
  private static SqlParserPos extent(SqlNode node) {
    List<SqlParserPos> positions = new ArrayList<>();
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            add(call);
            return super.visit(call);
          }

          @Override
          public Void visit(SqlIdentifier id) {
            add(id);
            return null;
          }

          @Override
          public Void visit(SqlLiteral literal) {
            add(literal);
            return null;
          }

          private void add(SqlNode inner) {
            if (!inner.getParserPosition().equals(SqlParserPos.ZERO)) {
              positions.add(inner.getParserPosition());
            }
          }
        });
    return positions.isEmpty() ? node.getParserPosition() : SqlParserPos.sum(positions);
  }

  private static boolean before(int line, int column, int otherLine, int otherColumn) {
    return line < otherLine || (line == otherLine && column < otherColumn);
  }
}
