package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Operators, conditions and conversions. */
final class OperatorChapter {

  private OperatorChapter() {}

  static List<FunctionDefinition> definitions() {
    return new Chapter(FunctionCategory.OPERATORS)
        .standard(
            "+ - * /",
            List.of(
                SqlStdOperatorTable.PLUS,
                SqlStdOperatorTable.MINUS,
                SqlStdOperatorTable.MULTIPLY,
                SqlStdOperatorTable.DIVIDE,
                SqlStdOperatorTable.UNARY_MINUS,
                SqlStdOperatorTable.UNARY_PLUS),
            "number + number, number - number, number * number, number / number",
            "Arithmetic. A result that does not fit its type, and a division by zero, fail the"
                + " event. The division of whole numbers truncates. DECIMAL results are rounded"
                + " half up to the scale of their type.",
            gives("7 / 2", "3"),
            gives("CAST(7 AS DECIMAL(5, 2)) / 2", "3.5000000000000"),
            gives("-(2 + 3) * +4", "-20"))
        .standard(
            "%",
            List.of(SqlStdOperatorTable.PERCENT_REMAINDER),
            "number % number",
            "The remainder of a division; it has the sign of the dividend.",
            gives("-7 % 3", "-1"))
        .standard(
            "= <> < <= > >=",
            List.of(
                SqlStdOperatorTable.EQUALS,
                SqlStdOperatorTable.NOT_EQUALS,
                SqlStdOperatorTable.LESS_THAN,
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                SqlStdOperatorTable.GREATER_THAN,
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL),
            "value = value",
            "Comparisons. Texts are compared by code points; with NULL the result is NULL.",
            gives("2 < 10", "true"),
            gives("'b' >= 'a'", "true"),
            gives("1 = CAST(NULL AS INT)", "NULL"))
        .standard(
            "AND OR NOT",
            List.of(SqlStdOperatorTable.AND, SqlStdOperatorTable.OR, SqlStdOperatorTable.NOT),
            "condition AND condition, condition OR condition, NOT condition",
            "Three-valued logic, evaluated from left to right until the result is known.",
            gives("FALSE AND CAST(NULL AS BOOLEAN)", "false"),
            gives("TRUE AND CAST(NULL AS BOOLEAN)", "NULL"),
            gives("1 = 1 OR 1 / 0 = 1", "true"))
        .standard(
            "IS NULL",
            List.of(
                SqlStdOperatorTable.IS_NULL,
                SqlStdOperatorTable.IS_NOT_NULL,
                SqlStdOperatorTable.IS_TRUE,
                SqlStdOperatorTable.IS_NOT_TRUE,
                SqlStdOperatorTable.IS_FALSE,
                SqlStdOperatorTable.IS_NOT_FALSE),
            "value IS [NOT] NULL, condition IS [NOT] TRUE, condition IS [NOT] FALSE",
            "Tests that are never NULL themselves.",
            gives("CAST(NULL AS INT) IS NULL", "true"),
            gives("CAST(NULL AS BOOLEAN) IS NOT TRUE", "true"))
        .standard(
            "IS DISTINCT FROM",
            List.of(SqlStdOperatorTable.IS_DISTINCT_FROM, SqlStdOperatorTable.IS_NOT_DISTINCT_FROM),
            "value IS [NOT] DISTINCT FROM value",
            "Comparison for which NULL is a value like others.",
            gives("CAST(NULL AS INT) IS DISTINCT FROM 1", "true"),
            gives("CAST(NULL AS INT) IS NOT DISTINCT FROM CAST(NULL AS INT)", "true"))
        .standard(
            "BETWEEN",
            List.of(SqlStdOperatorTable.BETWEEN, SqlStdOperatorTable.NOT_BETWEEN),
            "value [NOT] BETWEEN low AND high",
            "Whether a value lies between two others, which belong to the range.",
            gives("5 BETWEEN 1 AND 5", "true"))
        .standard(
            "IN",
            List.of(SqlStdOperatorTable.IN, SqlStdOperatorTable.NOT_IN),
            "value [NOT] IN (value, ...)",
            "Whether a value is one of a list.",
            gives("'b' IN ('a', 'b')", "true"),
            gives("3 NOT IN (1, 2)", "true"))
        .standard(
            "LIKE",
            List.of(SqlStdOperatorTable.LIKE, SqlStdOperatorTable.NOT_LIKE),
            "text [NOT] LIKE pattern [ESCAPE character]",
            "Whether a whole text fits a pattern in which % stands for any characters and _ for"
                + " one.",
            gives("'millrace' LIKE 'mill%'", "true"),
            gives("'100%' LIKE '100!%' ESCAPE '!'", "true"))
        .standard(
            "SIMILAR TO",
            List.of(SqlStdOperatorTable.SIMILAR_TO, SqlStdOperatorTable.NOT_SIMILAR_TO),
            "text [NOT] SIMILAR TO pattern",
            "Whether a whole text fits a pattern of SQL, which is a regular expression with % for"
                + " any characters and _ for one.",
            gives("'abc' SIMILAR TO '(abc|xyz)%'", "true"))
        .standard(
            "CASE",
            List.of(SqlStdOperatorTable.CASE),
            "CASE WHEN condition THEN value ... [ELSE value] END",
            "The value of the first condition that is true.",
            gives("CASE WHEN 1 > 2 THEN 'more' ELSE 'less' END", "'less'"),
            gives("CASE 3 WHEN 1 THEN 'one' END", "NULL"))
        .standard(
            "COALESCE",
            List.of(SqlStdOperatorTable.COALESCE),
            "COALESCE(value, ...)",
            "The first value that is not NULL.",
            gives("COALESCE(CAST(NULL AS INT), 2)", "2"))
        .standard(
            "NULLIF",
            List.of(SqlStdOperatorTable.NULLIF),
            "NULLIF(value, other)",
            "NULL when both are equal, else the first.",
            gives("NULLIF(0, 0)", "NULL"))
        .standard(
            "CAST",
            List.of(SqlStdOperatorTable.CAST),
            "CAST(value AS type)",
            "Converts. A value that the type cannot hold fails the event; decimals that it has not"
                + " are rounded half away from zero, texts longer than its length are cut.",
            gives("CAST('12' AS INT)", "12"),
            gives("CAST(2.5 AS INT)", "3"),
            gives("CAST('2026-01-31T08:15:00.5+01:00' AS TIMESTAMP)", "2026-01-31 07:15:00.5"),
            gives("CAST(12.5 AS STRING)", "'12.5'"))
        .standard(
            "TRY_CAST",
            List.of(SqlLibraryOperators.TRY_CAST, SqlLibraryOperators.SAFE_CAST),
            "TRY_CAST(value AS type)",
            "As CAST, but NULL for a value that the type cannot hold.",
            gives("TRY_CAST('twelve' AS INT)", "NULL"))
        .function(
            "GREATEST(value ANY, other ANY...) -> COMMON?",
            "The greatest of the values that are not NULL.",
            gives("GREATEST(3, 12, 7)", "12"),
            gives("GREATEST('a', CAST(NULL AS STRING))", "'a'"))
        .function(
            "LEAST(value ANY, other ANY...) -> COMMON?",
            "The least of the values that are not NULL.",
            gives("LEAST(3, 12, 7)", "3"))
        .definitions();
  }
}
