package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Rows, arrays and maps. */
final class CollectionChapter {

  private CollectionChapter() {}

  static List<FunctionDefinition> definitions() {
    return new Chapter(FunctionCategory.COLLECTIONS)
        .standard(
            "ROW",
            List.of(SqlStdOperatorTable.ROW, SqlStdOperatorTable.DOT),
            "ROW(value, ...), row.column",
            "A row of values; a column of a row. A column of a row that is NULL is NULL.",
            gives("ROW(1, 'a') = ROW(1, 'a')", "true"))
        .standard(
            "ARRAY",
            List.of(SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR),
            "ARRAY[value, ...]",
            "An array of values.",
            gives("ARRAY[1, 2, 3][2]", "2"))
        .standard(
            "MAP",
            List.of(SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR),
            "MAP[key, value, ...]",
            "A map of keys and values.",
            gives("MAP['a', 1, 'b', 2]['b']", "2"))
        .standard(
            "[]",
            List.of(SqlStdOperatorTable.ITEM),
            "array[position], map[key]",
            "An element, from 1; NULL when there is none.",
            gives("ARRAY['a', 'b'][3]", "NULL"))
        .standard(
            "CARDINALITY",
            List.of(SqlStdOperatorTable.CARDINALITY),
            "CARDINALITY(array), CARDINALITY(map)",
            "How many elements there are.",
            gives("CARDINALITY(ARRAY[1, 2])", "2"))
        .function(
            "ARRAY_CONTAINS(list ARRAY, element ANY) -> BOOLEAN",
            "Whether an element is in an array.",
            gives("ARRAY_CONTAINS(ARRAY['a', 'b'], 'b')", "true"))
        .function(
            "ARRAY_JOIN(list ARRAY, separator STRING) -> STRING",
            "The elements that are not NULL as one text.",
            gives("ARRAY_JOIN(ARRAY['a', 'b'], '; ')", "'a; b'"))
        .function(
            "MAP_KEYS(entries MAP) -> ARRAY<KEY>",
            "The keys of a map.",
            gives("MAP_KEYS(MAP['a', 1])[1]", "'a'"))
        .function(
            "MAP_VALUES(entries MAP) -> ARRAY<VALUE>",
            "The values of a map.",
            gives("MAP_VALUES(MAP['a', 1])[1]", "1"))
        .definitions();
  }
}
