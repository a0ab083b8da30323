package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.NearNames;
import io.millrace.flow.diagnostic.ScriptText;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says what the validator found, in words for people and with what was probably meant. */
final class QueryFaults {

  private static final Pattern COLUMN =
      Pattern.compile("Column '(.*?)' not found in (any table|table '(.*?)').*", Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile("Unknown field '(.*?)'.*", Pattern.DOTALL);
  private static final Pattern AMBIGUOUS =
      Pattern.compile("Column '(.*?)' is ambiguous.*", Pattern.DOTALL);
  private static final Pattern TABLE =
      Pattern.compile("(?:Table|Object) '(.*?)' not found.*", Pattern.DOTALL);
  private static final Pattern FUNCTION =
      Pattern.compile("No match found for function signature (.*?)\\((.*)", Pattern.DOTALL);
  private static final Pattern TYPE_NAME =
      Pattern.compile("Unknown (?:datatype name|identifier) '(.*?)'.*", Pattern.DOTALL);
  private static final Pattern TYPES =
      Pattern.compile(
          "(Cannot apply|Cannot cast|Values passed|Values in|Illegal mixing|Column .* of type"
              + "|Type mismatch|Parameters must|Condition must|WHERE clause must|ON clause must"
              + "|Expression .* must|Illegal use of).*",
          Pattern.DOTALL);

  private static final Set<String> FUNCTIONS = functions();
  private static final Set<String> TYPE_NAMES =
      Set.of(
          "BOOLEAN",
          "INT",
          "BIGINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL",
          "STRING",
          "VARCHAR",
          "BYTES",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "ARRAY",
          "MAP",
          "ROW",
          "JSON");

  private final Diagnostics diagnostics;
  private final Collection<Relation> relations;
  private final Set<String> aliases;

  QueryFaults(Diagnostics diagnostics, Map<String, Relation> relations, Set<String> aliases) {
    this.diagnostics = diagnostics;
    this.relations = relations.values();
    this.aliases = aliases;
  }

  private static Set<String> functions() {
    Set<String> names = new TreeSet<>();
    for (SqlOperator operator : FlowValidator.OPERATORS.getOperatorList()) {
      if (operator instanceof SqlFunction && operator.getName().matches("[A-Za-z_][A-Za-z_0-9]*")) {
        names.add(operator.getName().toUpperCase(Locale.ROOT));
      }
    }
    return names;
  }

  static SqlParserPos position(CalciteContextException e) {
    return new SqlParserPos(
        e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn());
  }

  /**
   * Reports one fault.
   *
   * @param lost names whose absence is the consequence of another fault, as in {@link Relation}
   */
  void report(CalciteContextException e, Set<String> lost) {
    String message =
        String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    if (message.contains("$SCALAR_QUERY")) {
      // A sub-query where a table or a value is expected, which was said before.
      return;
    }
    SqlParserPos pos = position(e);
    Matcher column = COLUMN.matcher(message);
    Matcher field = FIELD.matcher(message);
    Matcher table = TABLE.matcher(message);
    Matcher function = FUNCTION.matcher(message);
    Matcher ambiguous = AMBIGUOUS.matcher(message);
    Matcher type = TYPE_NAME.matcher(message);
    if (column.matches()) {
      unknownColumn(pos, column.group(1), column.group(3), lost);
    } else if (field.matches()) {
      unknownColumn(pos, field.group(1), null, lost);
    } else if (ambiguous.matches()) {
      diagnostics.error(
          Code.AMBIGUOUS_COLUMN,
          pos,
          "several inputs have a column "
              + ambiguous.group(1)
              + "; put the input's name before it, with a dot");
    } else if (table.matches()) {
      unknownAlias(pos, table.group(1), lost);
    } else if (function.matches()) {
      unknownFunction(pos, function.group(1), function.group(2));
    } else if (type.matches() && isBeforeDot(pos)) {
      unknownAlias(pos, type.group(1), lost);
    } else if (type.matches()) {
      diagnostics.unknown(
          Code.UNKNOWN_TYPE,
          pos,
          "there is no type " + type.group(1) + ".",
          type.group(1),
          TYPE_NAMES);
    } else {
      diagnostics.error(
          TYPES.matcher(message).matches() ? Code.TYPE_MISMATCH : Code.INVALID_QUERY,
          pos,
          plain(message));
    }
  }

  /** {@code x.*} with an unknown x: Calcite says the same of it as of a type. */
  private boolean isBeforeDot(SqlParserPos pos) {
    ScriptText script = diagnostics.script();
    return script
        .text()
        .startsWith(".", script.offset(pos.getEndLineNum(), pos.getEndColumnNum()) + 1);
  }

  private void unknownColumn(SqlParserPos pos, String name, String table, Set<String> lost) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (Relation.mayHold(lost, last)
        || relations.stream().anyMatch(r -> Relation.mayHold(r.missing(), last))) {
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    Set<String> nested = new LinkedHashSet<>();
    for (Relation relation : relations) {
      collect(relation.row(), columns, nested);
    }
    String near = NearNames.nearest(last, columns);
    if (near == null || table == null) {
      String deeper = NearNames.nearest(last, nested);
      near = near == null ? deeper : near;
    }
    if (near == null && nested.stream().anyMatch(n -> n.equalsIgnoreCase(last))) {
      near = last;
    }
    String message = "there is no column " + last + (table == null ? "." : " in " + table + ".");
    if (near == null) {
      boolean all =
          name.equals(last)
              && (table == null || relations.size() == 1)
              && relations.stream().allMatch(Relation::complete);
      diagnostics.unknown(Code.UNKNOWN_COLUMN, pos, message, last, all ? columns : nested);
      return;
    }
    diagnostics.add(
        Diagnostic.Severity.ERROR,
        Code.UNKNOWN_COLUMN,
        pos,
        message,
        List.of(),
        near.equalsIgnoreCase(last) ? hint(near) : near);
  }

  /** A field of a ROW column that stands without that column. */
  private String hint(String field) {
    for (Relation relation : relations) {
      for (Field column : relation.row().fields()) {
        if (column.type() instanceof DataType.Row row && row.row().indexOf(field).isPresent()) {
          return column.name() + "." + field;
        }
      }
    }
    return null;
  }

  private static void collect(RowType row, Set<String> columns, Set<String> nested) {
    for (Field field : row.fields()) {
      columns.add(field.name());
      if (field.type() instanceof DataType.Row inner) {
        inner.row().fields().forEach(f -> nested.add(f.name()));
      }
    }
  }

  private void unknownAlias(SqlParserPos pos, String name, Set<String> lost) {
    if (Relation.mayHold(lost, name)) {
      return;
    }
    diagnostics.unknown(
        Code.UNKNOWN_STREAM, pos, name + " is no input of this query.", name, aliases);
  }

  private void unknownFunction(SqlParserPos pos, String name, String arguments) {
    if (FUNCTIONS.contains(name.toUpperCase(Locale.ROOT))) {
      diagnostics.error(
          Code.TYPE_MISMATCH,
          pos,
          "the function "
              + name
              + " does not take ("
              + plain(arguments)
              + "; see its arguments in the language reference");
      return;
    }
    diagnostics.unknown(
        Code.UNKNOWN_FUNCTION, pos, "there is no function " + name + ".", name, FUNCTIONS);
  }

  /** Calcite's messages with our names for types. */
  static String plain(String message) {
    String text =
        message
            .replaceAll(" CHARACTER SET \"?[\\w-]+\"?", "")
            .replaceAll("CHAR\\(\\d+\\) NOT NULL", "STRING")
            .replaceAll("\\bVARCHAR(\\(\\d+\\))?", "STRING")
            .replaceAll("\\bCHAR\\(\\d+\\)", "STRING")
            .replaceAll("\\bVARBINARY(\\(\\d+\\))?", "BYTES")
            .replaceAll("\\bINTEGER\\b", "INT")
            .replaceAll("\\bREAL\\b", "FLOAT")
            .replaceAll("\\b(TIMESTAMP|TIME)\\(\\d\\)", "$1")
            .replaceAll(" COLLATE \"[^\"]*\"", "");
    text = text.replace("\n", " ").strip();
    boolean keyword = text.length() < 2 || Character.isUpperCase(text.charAt(1));
    return keyword ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
