package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.query.AnalyzedQuery;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Fits the columns of a query to those of the stream that it is inserted into. */
final class Assignment {

  private static final int INT_DIGITS = 10;
  private static final int BIGINT_DIGITS = 19;

  private final Diagnostics diagnostics;

  Assignment(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * The query as text that gives exactly the target's columns; null when it does not fit, which has
   * been said.
   *
   * @param named the target columns that the statement names, or null for all in their order
   */
  String fit(AnalyzedQuery query, StreamInfo target, List<SqlIdentifier> named, SqlParserPos pos) {
    RowType given = query.row();
    int before = diagnostics.size();
    int[] from = positions(given, target, named, pos);
    if (from == null) {
      return null;
    }
    for (int i = 0; i < from.length; i++) {
      check(target.row.field(i), from[i] < 0 ? null : given.field(from[i]), target, pos);
    }
    if (diagnostics.errorsAfter(before) || query.sql() == null) {
      return null;
    }
    return sameColumns(given, target.row) ? query.sql() : wrapped(query, target, from);
  }

  private int[] positions(
      RowType given, StreamInfo target, List<SqlIdentifier> named, SqlParserPos pos) {
    int[] from = new int[target.row.size()];
    int expected = named == null ? target.row.size() : named.size();
    if (given.size() != expected) {
      diagnostics.error(
          Code.TYPE_MISMATCH,
          pos,
          "the query gives "
              + given.size()
              + " columns and "
              + (named == null ? "stream " + target.name + " has " : "the list before it names ")
              + expected
              + (named == null ? ": " + target.row.sql() : ""));
      return null;
    }
    if (named == null) {
      Arrays.setAll(from, i -> i);
      return from;
    }
    Arrays.fill(from, -1);
    for (int i = 0; i < named.size(); i++) {
      SqlIdentifier name = named.get(i);
      OptionalInt index = target.row.indexOf(name.getSimple());
      if (index.isEmpty()) {
        diagnostics.unknown(
            Code.UNKNOWN_COLUMN,
            name.getParserPosition(),
            "stream " + target.name + " has no column " + name.getSimple() + ".",
            name.getSimple(),
            target.row.fields().stream().map(Field::name).toList());
        return null;
      }
      from[index.getAsInt()] = i;
    }
    return from;
  }

  private void check(Field to, Field from, StreamInfo target, SqlParserPos pos) {
    if (from == null) {
      if (!to.nullable()) {
        diagnostics.error(
            Code.TYPE_MISMATCH,
            pos,
            "column " + to.name() + " of stream " + target.name + " is NOT NULL and gets no value");
      }
      return;
    }
    if (!assignable(from.type(), to.type())) {
      diagnostics.error(
          Code.TYPE_MISMATCH,
          pos,
          "column "
              + to.name()
              + " of stream "
              + target.name
              + " is "
              + to.type().sql()
              + " and "
              + from.name()
              + " is "
              + from.type().sql()
              + "; write CAST("
              + from.name()
              + " AS "
              + to.type().sql()
              + ")");
    } else if (from.nullable() && !to.nullable()) {
      diagnostics.error(
          Code.TYPE_MISMATCH,
          pos,
          "column "
              + to.name()
              + " of stream "
              + target.name
              + " is NOT NULL and "
              + from.name()
              + " can be NULL; write COALESCE("
              + from.name()
              + ", …), or leave such events out with WHERE "
              + from.name()
              + " IS NOT NULL");
    }
  }

  private static boolean sameColumns(RowType given, RowType wanted) {
    if (given.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!given.field(i).name().equals(wanted.field(i).name())
          || !given.field(i).type().equals(wanted.field(i).type())) {
        return false;
      }
    }
    return true;
  }

  private static String wrapped(AnalyzedQuery query, StreamInfo target, int[] from) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      Field to = target.row.field(i);
      String value = "NULL";
      boolean cast = true;
      if (from[i] >= 0) {
        Field given = query.row().field(from[i]);
        value = "\"q\"." + quoted("c" + from[i]);
        cast = !given.type().equals(to.type());
      }
      items.add(
          (cast ? "CAST(" + value + " AS " + to.type().sql() + ")" : value)
              + " AS "
              + quoted(to.name()));
    }
    String columns =
        IntStream.range(0, query.row().size())
            .mapToObj(i -> quoted("c" + i))
            .collect(Collectors.joining(", "));
    return "SELECT "
        + String.join(", ", items)
        + " FROM ("
        + query.sql()
        + ") AS \"q\" ("
        + columns
        + ")";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Whether every value of one type can be had as one of the other without loss. */
  static boolean assignable(DataType from, DataType to) {
    if (from.equals(to)) {
      return true;
    }
    return switch (to) {
      case DataType.Decimal decimal -> digits(from, decimal);
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BIGINT -> from.equals(DataType.INT);
            case DOUBLE ->
                from.equals(DataType.INT)
                    || from.equals(DataType.BIGINT)
                    || from.equals(DataType.FLOAT)
                    || from instanceof DataType.Decimal;
            case STRING -> from.equals(DataType.JSON);
            case JSON -> from.equals(DataType.STRING);
            case TIMESTAMP -> from.equals(DataType.DATE);
            default -> false;
          };
      case DataType.Array _, DataType.MapOf _, DataType.Row _ -> false;
    };
  }

  private static boolean digits(DataType from, DataType.Decimal to) {
    int whole = to.precision() - to.scale();
    if (from instanceof DataType.Decimal decimal) {
      return decimal.scale() <= to.scale() && decimal.precision() - decimal.scale() <= whole;
    }
    return (from.equals(DataType.INT) && whole >= INT_DIGITS)
        || (from.equals(DataType.BIGINT) && whole >= BIGINT_DIGITS);
  }
}
