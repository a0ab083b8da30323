package io.millrace.flow.query;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Writes queries so that they mean the same for ever: every {@code *} written out, every name
 * quoted, on one line, without comments.
 */
final class CanonicalSql {

  private static final SqlDialect DIALECT =
      new AnsiSqlDialect(
          AnsiSqlDialect.DEFAULT_CONTEXT
              .withIdentifierQuoteString("\"")
              .withUnquotedCasing(Casing.UNCHANGED)
              .withQuotedCasing(Casing.UNCHANGED)
              .withCaseSensitive(false));

  private CanonicalSql() {}

  /**
   * @param query as parsed, its names those of the plan; changed by this
   * @param validated the same query after validation
   */
  static String write(SqlNode query, SqlNode validated) {
    List<SqlCall> selects = selects(query);
    List<SqlCall> expanded = selects(validated);
    if (selects.size() == expanded.size()) {
      for (int i = 0; i < selects.size(); i++) {
        if (selects.get(i) instanceof SqlSelect select
            && expanded.get(i) instanceof SqlSelect whole) {
          expandStars(select, whole);
        }
      }
    }
    return text(query);
  }

  static String text(SqlNode node) {
    return node.toSqlString(CanonicalSql::style).getSql();
  }

  /** A name as the text writes it. */
  static String quoted(String name) {
    return DIALECT.quoteIdentifier(name);
  }

  private static SqlWriterConfig style(SqlWriterConfig config) {
    return config
        .withDialect(DIALECT)
        .withQuoteAllIdentifiers(true)
        .withClauseStartsLine(false)
        .withClauseEndsLine(false)
        .withSelectListItemsOnSeparateLines(false)
        .withUpdateSetListNewline(false)
        .withSubQueryStyle(org.apache.calcite.sql.SqlWriter.SubQueryStyle.HYDE)
        .withLineFolding(SqlWriterConfig.LineFolding.WIDE)
        .withFromFolding(SqlWriterConfig.LineFolding.WIDE)
        .withIndentation(0)
        .withLineLength(0);
  }

  /** Every SELECT, and every TABLE name, which is one after validation. */
  private static List<SqlCall> selects(SqlNode query) {
    List<SqlCall> selects = new ArrayList<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlSelect || call.getKind() == SqlKind.EXPLICIT_TABLE) {
              selects.add(call);
            }
            return super.visit(call);
          }
        });
    return selects;
  }

  private static void expandStars(SqlSelect select, SqlSelect expanded) {
    SqlNodeList items = select.getSelectList();
    long stars = items.stream().filter(CanonicalSql::isStar).count();
    if (stars == 0) {
      return;
    }
    int each = expanded.getSelectList().size() - (items.size() - (int) stars);
    SqlNodeList all = new SqlNodeList(items.getParserPosition());
    int next = 0;
    for (SqlNode item : items) {
      if (!isStar(item)) {
        all.add(item);
        next++;
        continue;
      }
      int until = next;
      if (stars == 1) {
        until = next + each;
      } else {
        while (until < expanded.getSelectList().size()
            && comesFrom(expanded.getSelectList().get(until), item.getParserPosition())) {
          until++;
        }
      }
      for (; next < until; next++) {
        all.add(SqlCopy.of(expanded.getSelectList().get(next)));
      }
    }
    select.setSelectList(all);
  }

  static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier id && id.isStar();
  }

  private static boolean comesFrom(SqlNode item, SqlParserPos star) {
    SqlNode bare = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    return bare.getParserPosition().equals(star);
  }
}
