package io.millrace.flow.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Finds where in a query a fault of its relational tree is. */
final class FaultPlaces {

  private final SqlNode query;
  private final SqlNode written;
  private final List<String> caches;

  /**
   * @param query with the plan's names
   * @param caches the plan's names of the caches that it joins
   */
  FaultPlaces(SqlNode query, SqlNode written, List<String> caches) {
    this.query = query;
    this.written = written;
    this.caches = caches;
  }

  /** The part that a fault is about when there is only one such part, else the whole query. */
  SqlParserPos of(UnsupportedQueryException e) {
    if (e.cache() != null) {
      return only(join(j -> mentions(j, e.cache())), true);
    }
    return switch (e.place()) {
      case QUERY -> written.getParserPosition();
      case JOIN -> only(join(j -> caches.stream().noneMatch(c -> mentions(j, c))), false);
      case OVER -> only(calls(c -> c.getKind() == SqlKind.OVER), false);
      case WINDOW -> only(calls(c -> c.getKind() == SqlKind.COLLECTION_TABLE), false);
      case GROUP -> only(groups(), false);
      case MATCH -> only(calls(c -> c.getKind() == SqlKind.MATCH_RECOGNIZE), false);
    };
  }

  private SqlParserPos only(List<SqlNode> found, boolean last) {
    boolean sure = last ? !found.isEmpty() : found.size() == 1;
    return sure ? found.get(found.size() - 1).getParserPosition() : written.getParserPosition();
  }

  private List<SqlNode> join(Predicate<SqlJoin> wanted) {
    return calls(c -> c instanceof SqlJoin join && wanted.test(join)).stream()
        .map(j -> ((SqlJoin) j).getCondition() == null ? j : ((SqlJoin) j).getCondition())
        .toList();
  }

  private List<SqlNode> groups() {
    List<SqlNode> groups = new ArrayList<>();
    for (SqlNode call : calls(c -> c instanceof SqlSelect)) {
      SqlSelect select = (SqlSelect) call;
      if (select.getGroup() != null && !select.getGroup().isEmpty()) {
        groups.add(select.getGroup());
      }
    }
    return groups;
  }

  private List<SqlNode> calls(Predicate<SqlCall> wanted) {
    List<SqlNode> found = new ArrayList<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (wanted.test(call)) {
              found.add(call);
            }
            return super.visit(call);
          }
        });
    return found;
  }

  private static boolean mentions(SqlJoin join, String name) {
    return mentions(join.getRight(), name) || mentions(join.getLeft(), name);
  }

  private static boolean mentions(SqlNode table, String name) {
    SqlNode bare = table.getKind() == SqlKind.AS ? ((SqlCall) table).operand(0) : table;
    return bare instanceof SqlIdentifier id && id.isSimple() && id.getSimple().equals(name);
  }
}
