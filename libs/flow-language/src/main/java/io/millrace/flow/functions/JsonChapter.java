package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Functions of JSON. */
final class JsonChapter {

  private JsonChapter() {}

  static List<FunctionDefinition> definitions() {
    return new Chapter(FunctionCategory.JSON)
        .standard(
            "JSON_VALUE",
            List.of(SqlStdOperatorTable.JSON_VALUE),
            "JSON_VALUE(json, path [RETURNING type] [{ERROR | NULL | DEFAULT value} ON EMPTY]"
                + " [{ERROR | NULL | DEFAULT value} ON ERROR])",
            "The scalar at a path of SQL/JSON. NULL when there is none, or when it is no scalar,"
                + " unless said otherwise.",
            gives("JSON_VALUE('{\"a\": {\"b\": [1, 2]}}', '$.a.b[1]')", "'2'"),
            gives("JSON_VALUE('{\"n\": 12}', '$.n' RETURNING INT)", "12"),
            gives("JSON_VALUE('{}', 'lax $.a' DEFAULT 'none' ON EMPTY)", "'none'"),
            gives(
                "JSON_VALUE('{\"p\": [{\"id\": 1, \"n\": \"a\"}, {\"id\": 2, \"n\": \"b\"}]}',"
                    + " '$.p[*] ?(@.id == 2).n')",
                "'b'"))
        .standard(
            "JSON_QUERY",
            List.of(SqlStdOperatorTable.JSON_QUERY),
            "JSON_QUERY(json, path [{WITHOUT | WITH [CONDITIONAL | UNCONDITIONAL]} ARRAY WRAPPER]"
                + " [{ERROR | NULL | EMPTY ARRAY | EMPTY OBJECT} ON {EMPTY | ERROR}])",
            "The object or the array at a path, as text.",
            gives("JSON_QUERY('{\"a\": [1, 2]}', '$.a')", "'[1,2]'"),
            gives("JSON_QUERY('{\"a\": [1, 2]}', '$.a[*]' WITH WRAPPER)", "'[1,2]'"))
        .standard(
            "JSON_EXISTS",
            List.of(SqlStdOperatorTable.JSON_EXISTS),
            "JSON_EXISTS(json, path [{TRUE | FALSE | UNKNOWN | ERROR} ON ERROR])",
            "Whether there is something at a path.",
            gives("JSON_EXISTS('{\"a\": 1}', '$.a')", "true"),
            gives("JSON_EXISTS('{\"a\": 1}', 'strict $.b')", "false"))
        .standard(
            "JSON_OBJECT",
            List.of(SqlStdOperatorTable.JSON_OBJECT),
            "JSON_OBJECT([KEY] name VALUE value, ... [{NULL | ABSENT} ON NULL])",
            "An object of names and values.",
            gives("JSON_OBJECT(KEY 'a' VALUE 1, KEY 'b' VALUE 'x')", "'{\"a\":1,\"b\":\"x\"}'"))
        .standard(
            "JSON_ARRAY",
            List.of(SqlStdOperatorTable.JSON_ARRAY),
            "JSON_ARRAY(value, ... [{NULL | ABSENT} ON NULL])",
            "An array of values.",
            gives("JSON_ARRAY(1, 'x')", "'[1,\"x\"]'"))
        .function(
            "TO_JSON(value ANY) -> JSON",
            "A value as JSON: numbers and booleans as such, rows as objects, everything else as"
                + " text.",
            gives("TO_JSON('say \"hi\"')", "'\"say \\\"hi\\\"\"'"),
            gives("TO_JSON(ARRAY[1, 2])", "'[1,2]'"))
        .function(
            "PARSE_JSON(text STRING) -> JSON",
            "Checks that a text is JSON, and makes it JSON without blanks.",
            gives("PARSE_JSON('{ \"a\" : 1.50 }')", "'{\"a\":1.50}'"))
        .function(
            "TRY_PARSE_JSON(text STRING) -> JSON?",
            "As PARSE_JSON, but NULL for a text that is no JSON.",
            gives("TRY_PARSE_JSON('{a')", "NULL"))
        .function(
            "IS_JSON(text STRING) -> BOOLEAN",
            "Whether a text is JSON.",
            gives("IS_JSON('[1]')", "true"))
        .function(
            "JSON_LENGTH(json STRING) -> INT",
            "How many elements an array or members an object has; 1 for a scalar.",
            gives("JSON_LENGTH('[1, 2, 3]')", "3"))
        .function(
            "JSON_KEYS(json STRING) -> ARRAY<STRING>?",
            "The names of an object's members; NULL for anything else.",
            gives("JSON_KEYS('{\"a\": 1, \"b\": 2}')[2]", "'b'"))
        .definitions();
  }
}
