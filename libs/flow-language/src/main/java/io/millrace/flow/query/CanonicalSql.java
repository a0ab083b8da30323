package io.millrace.flow.query;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
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

  /** Its one operand in brackets. */
  private static final SqlOperator BRACKETS =
      new SqlSpecialOperator("BRACKETS", SqlKind.OTHER) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
          SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.SIMPLE, "(", ")");
          call.operand(0).unparse(writer, 0, 0);
          writer.endList(frame);
        }
      };

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

  private static String text(SqlNode node) {
    SqlNode copy = SqlCopy.of(node);
    bracketInputs(copy);
    return copy.toSqlString(CanonicalSql::style).getSql();
  }

  /**
   * A SELECT that is the input of a pattern or of a window writes its brackets itself; UNION ALL
   * and WITH do not.
   */
  private static void bracketInputs(SqlNode query) {
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            super.visit(call);
            if (takesInput(call)) {
              for (int i = 0; i < call.operandCount(); i++) {
                SqlNode input = call.operand(i);
                if (input != null && lacksBrackets(input, call)) {
                  call.setOperand(i, BRACKETS.createCall(input.getParserPosition(), input));
                }
              }
            }
            return null;
          }
        });
  }

  private static boolean takesInput(SqlCall call) {
    return call instanceof SqlMatchRecognize
        || call.getKind() == SqlKind.SET_SEMANTICS_TABLE
        || call.getOperator() instanceof SqlFunction;
  }

  private static boolean lacksBrackets(SqlNode input, SqlCall in) {
    return switch (input.getKind()) {
      case SELECT -> false;
      case EXPLICIT_TABLE -> in instanceof SqlMatchRecognize;
      default -> input.isA(SqlKind.QUERY);
    };
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
        .withSubQueryStyle(SqlWriter.SubQueryStyle.HYDE)
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
