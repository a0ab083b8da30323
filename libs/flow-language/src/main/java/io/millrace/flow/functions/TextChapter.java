package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Functions of texts. */
final class TextChapter {

  private TextChapter() {}

  static List<FunctionDefinition> definitions() {
    Chapter chapter = new Chapter(FunctionCategory.TEXT);
    basics(chapter);
    parts(chapter);
    patterns(chapter);
    return chapter.definitions();
  }

  private static void basics(Chapter chapter) {
    chapter
        .standard(
            "||",
            List.of(SqlStdOperatorTable.CONCAT),
            "text || text",
            "Puts texts together; NULL when one is.",
            gives("'mill' || 'race'", "'millrace'"))
        .function(
            "CONCAT(value ANY...) -> STRING!",
            "Puts values together; a NULL counts as an empty text.",
            gives("CONCAT('a', CAST(NULL AS STRING), 1)", "'a1'"))
        .function(
            "CONCAT_WS(separator STRING, value ANY...) -> STRING",
            "Puts the values that are not NULL together, with a separator between them.",
            gives("CONCAT_WS('-', 'a', CAST(NULL AS STRING), 'b')", "'a-b'"))
        .function(
            "UPPER(text STRING) -> STRING", "In capitals.", gives("UPPER('Straße')", "'STRASSE'"))
        .function(
            "LOWER(text STRING) -> STRING", "In small letters.", gives("LOWER('ÄRGER')", "'ärger'"))
        .function(
            "INITCAP(text STRING) -> STRING",
            "Each word with a capital and small letters.",
            gives("INITCAP('new yORK')", "'New York'"))
        .function(
            "CHAR_LENGTH(text STRING) -> INT",
            "How many characters (code points) a text has.",
            gives("CHAR_LENGTH('日本')", "2"))
        .function(
            "CHARACTER_LENGTH(text STRING) -> INT",
            "As CHAR_LENGTH.",
            gives("CHARACTER_LENGTH('abc')", "3"))
        .function("LENGTH(text STRING) -> INT", "As CHAR_LENGTH.", gives("LENGTH('abc')", "3"))
        .function(
            "OCTET_LENGTH(text STRING) -> INT\nOCTET_LENGTH(bytes BYTES) -> INT",
            "How many bytes a text has in UTF-8, or how many bytes there are.",
            gives("OCTET_LENGTH('日本')", "6"))
        .function(
            "REVERSE(text STRING) -> STRING", "Back to front.", gives("REVERSE('abc')", "'cba'"))
        .function(
            "REPEAT(text STRING, times INT) -> STRING",
            "A text several times; at most a million characters come out.",
            gives("REPEAT('ab', 3)", "'ababab'"))
        .function(
            "ASCII(text STRING) -> INT",
            "The code point of the first character; 0 for an empty text.",
            gives("ASCII('A')", "65"))
        .function(
            "CHR(code INT) -> STRING", "The character of a code point.", gives("CHR(65)", "'A'"));
  }

  private static void parts(Chapter chapter) {
    chapter
        .standard(
            "SUBSTRING",
            List.of(SqlStdOperatorTable.SUBSTRING),
            "SUBSTRING(text FROM start [FOR length])\nSUBSTRING(text, start [, length])",
            "A part of a text; the first character is 1.",
            gives("SUBSTRING('millrace' FROM 5)", "'race'"),
            gives("SUBSTRING('millrace', 1, 4)", "'mill'"))
        .standard(
            "TRIM",
            List.of(SqlStdOperatorTable.TRIM),
            "TRIM([BOTH | LEADING | TRAILING] [characters FROM] text)",
            "Without blanks, or without the given characters, at its ends.",
            gives("TRIM('  a ')", "'a'"),
            gives("TRIM(LEADING '0' FROM '007')", "'7'"))
        .function(
            "LTRIM(text STRING [, characters STRING]) -> STRING",
            "Without blanks, or the given characters, at its begin.",
            gives("LTRIM('xxa', 'x')", "'a'"))
        .function(
            "RTRIM(text STRING [, characters STRING]) -> STRING",
            "Without blanks, or the given characters, at its end.",
            gives("RTRIM('a  ')", "'a'"))
        .standard(
            "POSITION",
            List.of(SqlStdOperatorTable.POSITION),
            "POSITION(part IN text)",
            "Where a part begins, from 1; 0 when it is not there.",
            gives("POSITION('race' IN 'millrace')", "5"))
        .standard(
            "OVERLAY",
            List.of(SqlStdOperatorTable.OVERLAY),
            "OVERLAY(text PLACING other FROM start [FOR length])",
            "Replaces the characters from a position on.",
            gives("OVERLAY('millrace' PLACING 'stone' FROM 5)", "'millstone'"))
        .function(
            "LEFT(text STRING, length INT) -> STRING",
            "The first characters; with a negative length all but the last ones.",
            gives("LEFT('millrace', 4)", "'mill'"),
            gives("LEFT('millrace', -4)", "'mill'"))
        .function(
            "RIGHT(text STRING, length INT) -> STRING",
            "The last characters; with a negative length all but the first ones.",
            gives("RIGHT('millrace', 4)", "'race'"))
        .function(
            "LPAD(text STRING, length INT [, fill STRING]) -> STRING",
            "Filled up at its begin, or cut, to a length.",
            gives("LPAD('7', 3, '0')", "'007'"))
        .function(
            "RPAD(text STRING, length INT [, fill STRING]) -> STRING",
            "Filled up at its end, or cut, to a length.",
            gives("RPAD('ab', 4)", "'ab  '"))
        .function(
            "REPLACE(text STRING, search STRING, replacement STRING) -> STRING",
            "With every occurrence of a part replaced.",
            gives("REPLACE('a-b-c', '-', '+')", "'a+b+c'"))
        .function(
            "SPLIT_PART(text STRING, separator STRING, part INT) -> STRING",
            "A part between separators, from 1, or from the end when negative; empty when there is"
                + " none.",
            gives("SPLIT_PART('a,b,c', ',', 2)", "'b'"),
            gives("SPLIT_PART('a,b,c', ',', -1)", "'c'"))
        .function(
            "SPLIT(text STRING, separator STRING) -> ARRAY<STRING>",
            "All the parts between separators.",
            gives("SPLIT('a,b', ',')[2]", "'b'"))
        .function(
            "STARTS_WITH(text STRING, part STRING) -> BOOLEAN",
            "Whether a text begins with another.",
            gives("STARTS_WITH('millrace', 'mill')", "true"))
        .function(
            "ENDS_WITH(text STRING, part STRING) -> BOOLEAN",
            "Whether a text ends with another.",
            gives("ENDS_WITH('millrace', 'race')", "true"))
        .function(
            "CONTAINS_TEXT(text STRING, part STRING) -> BOOLEAN",
            "Whether a text contains another.",
            gives("CONTAINS_TEXT('millrace', 'lra')", "true"));
  }

  private static void patterns(Chapter chapter) {
    chapter
        .function(
            "REGEXP_LIKE(text STRING, pattern STRING) -> BOOLEAN",
            "Whether a regular expression (RE2 syntax) fits a part of the text. Takes time in"
                + " proportion to the text, whatever the pattern.",
            gives("REGEXP_LIKE('order 4711', '[0-9]{4}')", "true"))
        .function(
            "REGEXP_REPLACE(text STRING, pattern STRING, replacement STRING) -> STRING",
            "With everything that fits replaced; $1 in the replacement is the first group.",
            gives(
                "REGEXP_REPLACE('2026-01-31', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1')", "'31.01.2026'"))
        .function(
            "REGEXP_EXTRACT(text STRING, pattern STRING [, grp INT]) -> STRING?",
            "The first part that fits, or one of its groups; NULL when nothing fits.",
            gives("REGEXP_EXTRACT('user=ann', 'user=(\\w+)', 1)", "'ann'"),
            gives("REGEXP_EXTRACT('abc', '[0-9]+')", "NULL"))
        .function(
            "REGEXP_COUNT(text STRING, pattern STRING) -> INT",
            "How many parts fit.",
            gives("REGEXP_COUNT('a1b22c', '[0-9]+')", "2"));
  }
}
