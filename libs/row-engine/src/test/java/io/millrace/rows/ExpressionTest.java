package io.millrace.rows;

import static io.millrace.rows.Expressions.dec;
import static io.millrace.rows.Expressions.eval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.rows.library.TimeTexts;
import io.millrace.rows.library.Times;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What expressions give: nulls, extremes, exact decimals, microseconds, other planes of Unicode.
 */
class ExpressionTest {

  private record Case(String expression, Object expected, Object... row) {}

  private static Case gives(String expression, Object expected, Object... row) {
    return new Case(expression, expected, row);
  }

  private static Case fails(String expression, ErrorCode code, Object... row) {
    return new Case(expression, code, row);
  }

  private static Stream<DynamicTest> tests(Case... cases) {
    return Arrays.stream(cases)
        .map(c ->
            DynamicTest.dynamicTest(
                c.expression + " " + Arrays.toString(c.row),
                () -> {
                  Object actual = eval(c.expression, c.row);
                  if (c.expected instanceof ErrorCode code) {
                    assertThat(actual).isInstanceOf(RowError.class);
                    assertThat(((RowError) actual).code()).isEqualTo(code);
                    assertThat(((RowError) actual).expression()).isNotBlank();
                  } else {
                    assertThat(actual).isEqualTo(c.expected);
                  }
                }));
  }

  private static long ts(String text) {
    return TimeTexts.parseTimestamp(text);
  }

  private static int date(String text) {
    return TimeTexts.parseDate(text);
  }

  @TestFactory
  Stream<DynamicTest> arithmetic() {
    return tests(
        gives("i + 1", 42, "i", 41),
        gives("i + 1", null),
        fails("i + 1", ErrorCode.OVERFLOW, "i", Integer.MAX_VALUE),
        fails("i - 1", ErrorCode.OVERFLOW, "i", Integer.MIN_VALUE),
        fails("i * 2", ErrorCode.OVERFLOW, "i", 1 << 30),
        gives("i + l", Integer.MAX_VALUE + 1L, "i", Integer.MAX_VALUE, "l", 1L),
        fails("l + 1", ErrorCode.OVERFLOW, "l", Long.MAX_VALUE),
        fails("l * l", ErrorCode.OVERFLOW, "l", 1L << 32),
        fails("-l", ErrorCode.OVERFLOW, "l", Long.MIN_VALUE),
        fails("l / -1", ErrorCode.OVERFLOW, "l", Long.MIN_VALUE),
        fails("i / 0", ErrorCode.DIVISION_BY_ZERO, "i", 1),
        fails("d / 0", ErrorCode.DIVISION_BY_ZERO, "d", 1.0),
        fails("n / 0", ErrorCode.DIVISION_BY_ZERO, "n", dec("1.000")),
        fails("MOD(i, 0)", ErrorCode.DIVISION_BY_ZERO, "i", 1),
        gives("i / 0", null),
        gives("-7 / i", -3, "i", 2),
        gives("n + n", dec("0.300"), "n", dec("0.150")),
        gives("n * n", dec("0.010000"), "n", dec("0.100")),
        gives("n + 1", dec("1.100"), "n", dec("0.100")),
        gives("CAST(n / 3 AS DECIMAL(12, 4))", dec("0.3333"), "n", dec("1.000")),
        gives("d * n", 0.5, "d", 0.5, "n", dec("1.000")),
        gives("f + 1", 2.5f, "f", 1.5f),
        gives("f * d", 3.0, "f", 1.5f, "d", 2.0),
        gives("i % 3", -1, "i", -7),
        gives("n % 3", dec("1.500"), "n", dec("7.500")));
  }

  @TestFactory
  Stream<DynamicTest> logic() {
    return tests(
        gives("b AND FALSE", false),
        gives("b AND TRUE", null),
        gives("b OR TRUE", true),
        gives("b OR FALSE", null),
        gives("NOT b", null),
        gives("NOT b", false, "b", true),
        gives("b AND i > 1", false, "b", false),
        gives("i > 1 AND b", null, "i", 2),
        gives("i > 1 OR b", true, "i", 2),
        gives("b IS TRUE", false),
        gives("b IS NOT TRUE", true),
        gives("b IS FALSE", true, "b", false),
        gives("b IS NOT FALSE", true),
        gives("i IS NULL", true),
        gives("i IS NOT NULL", true, "i", 0),
        gives("i1 IS NULL", false),
        gives("i <> 0 AND 10 / i > 1", false, "i", 0),
        gives("i = 0 OR 10 / i > 1", true, "i", 0),
        gives("CASE WHEN i = 0 THEN -1 ELSE 10 / i END", -1, "i", 0),
        gives("CASE WHEN i = 0 THEN -1 ELSE 10 / i END", 5, "i", 2),
        gives("CASE WHEN i > 1 THEN 'a' END", null, "i", 0),
        gives("CASE i WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END", "two", "i", 2),
        gives("CASE WHEN b THEN i ELSE l END", 7L, "b", true, "i", 7),
        gives("CASE WHEN b THEN i ELSE n END", dec("7.000"), "b", true, "i", 7),
        gives("COALESCE(i, 3)", 3),
        gives("COALESCE(i, l, 4)", 5L, "l", 5L),
        gives("NULLIF(i, 3)", null, "i", 3),
        gives("NULLIF(s, 'x')", "y", "s", "y"),
        gives("i IN (1, 2, NULL)", null, "i", 3),
        gives("i IN (1, 2, NULL)", true, "i", 2),
        gives("i NOT IN (1, 2, NULL)", null, "i", 3),
        gives("i NOT IN (1, 2)", true, "i", 3),
        gives("i NOT IN (1, 2)", null),
        gives("s IN ('a', 'b', 'c', 'd', 'e', 'f')", true, "s", "e"),
        gives("s IN ('a', 'b', 'c', 'd', 'e', 'f')", null),
        gives("s NOT IN ('a', 'b', 'c', 'd', 'e', 'f')", false, "s", "e"),
        gives("s NOT IN ('a', 'b', 'c', 'd', 'e', 'f')", true, "s", "z"),
        gives("l IN (1, 2, 3, 4, 5, 6, 7, 8)", true, "l", 8L),
        gives("dt IN (DATE '2026-01-01', DATE '2026-01-02')", true, "dt", date("2026-01-02")),
        gives("i BETWEEN 1 AND 3", true, "i", 3),
        gives("i BETWEEN 1 AND 3", null),
        gives("i NOT BETWEEN 1 AND 3", true, "i", 4),
        gives("i IS DISTINCT FROM l", false),
        gives("i IS DISTINCT FROM l", true, "i", 1),
        gives("i IS NOT DISTINCT FROM l", true, "i", 1, "l", 1L));
  }

  @TestFactory
  Stream<DynamicTest> comparisons() {
    return tests(
        gives("i < l", true, "i", 1, "l", 2L),
        gives("n = 1", true, "n", dec("1.000")),
        gives("n > d", true, "n", dec("1.500"), "d", 1.0),
        gives("s < 'b'", true, "s", "a"),
        gives("s = '\uD83D\uDE00'", true, "s", "\uD83D\uDE00"),
        // By code points: U+1F600 is behind U+FF5E, whatever the chars of UTF-16 say.
        gives("s > '\uFF5E'", true, "s", "\uD83D\uDE00"),
        gives("ts > dt", true, "ts", ts("2026-01-01 00:00:00.000001"), "dt", date("2026-01-01")),
        gives(
            "ts = TIMESTAMP '2026-01-01 00:00:00.123456'",
            true,
            "ts",
            ts("2026-01-01 00:00:00.123456")),
        gives(
            "ts = TIMESTAMP '2026-01-01 00:00:00.123456'",
            false,
            "ts",
            ts("2026-01-01 00:00:00.123457")),
        gives("tm < TIME '12:00:00'", true, "tm", 11 * Times.HOUR),
        gives("y = y", true, "y", new byte[] {1, 2}),
        gives("b = TRUE", true, "b", true),
        gives("arr = ARRAY[1, 2]", true, "arr", List.of(1, 2)));
  }

  @TestFactory
  Stream<DynamicTest> casts() {
    return tests(
        gives("CAST(s AS INT)", 12, "s", " 12 "),
        fails("CAST(s AS INT)", ErrorCode.BAD_CAST, "s", "12x"),
        fails("CAST(s AS INT)", ErrorCode.OVERFLOW, "s", "3000000000"),
        fails("CAST(s AS BIGINT)", ErrorCode.OVERFLOW, "s", "9223372036854775808"),
        gives("CAST(s AS BIGINT)", Long.MIN_VALUE, "s", "-9223372036854775808"),
        fails("CAST(l AS INT)", ErrorCode.OVERFLOW, "l", 1L << 31),
        gives("CAST(d AS INT)", -3, "d", -2.5),
        fails("CAST(d AS BIGINT)", ErrorCode.OVERFLOW, "d", 9.3e18),
        fails("CAST(d AS INT)", ErrorCode.OVERFLOW, "d", Double.NaN),
        gives("CAST(n AS INT)", 3, "n", dec("2.500")),
        gives("CAST(n AS DECIMAL(5, 1))", dec("2.4"), "n", dec("2.350")),
        fails("CAST(n AS DECIMAL(3, 1))", ErrorCode.OVERFLOW, "n", dec("123.000")),
        gives("CAST(s AS DECIMAL(10, 2))", dec("1234.57"), "s", "1234.567"),
        fails("CAST(s AS DECIMAL(10, 2))", ErrorCode.OVERFLOW, "s", "1e300000000"),
        gives("CAST(s AS DECIMAL(10, 2))", dec("0.00"), "s", "1e-300000000"),
        fails("CAST(s AS DECIMAL(10, 2))", ErrorCode.BAD_CAST, "s", "1,5"),
        gives("CAST(d AS DECIMAL(10, 3))", dec("0.100"), "d", 0.1),
        gives("CAST(s AS DOUBLE)", 1.5e10, "s", "1.5e10"),
        fails("CAST(s AS DOUBLE)", ErrorCode.BAD_CAST, "s", "0x1p3"),
        gives("CAST(i AS STRING)", "-5", "i", -5),
        gives("CAST(n AS STRING)", "0.100", "n", dec("0.100")),
        gives("CAST(b AS STRING)", "true", "b", true),
        gives("CAST(s AS BOOLEAN)", false, "s", "No"),
        gives("CAST(s AS VARCHAR(2))", "\uD83D\uDE00b", "s", "\uD83D\uDE00bc"),
        gives(
            "CAST(s AS TIMESTAMP)",
            ts("2026-01-31 08:15:00.123456"),
            "s",
            "2026-01-31T08:15:00.123456789Z"),
        gives("CAST(s AS TIMESTAMP)", ts("2026-01-31 06:15:00"), "s", "2026-01-31 08:15:00+02"),
        gives(
            "CAST(s AS TIMESTAMP)",
            ts("1969-12-31 23:59:59.999999"),
            "s",
            "1969-12-31 23:59:59.999999"),
        fails("CAST(s AS TIMESTAMP)", ErrorCode.BAD_CAST, "s", "2026-02-30 00:00:00"),
        fails("CAST(s AS TIMESTAMP)", ErrorCode.BAD_CAST, "s", "2026-02-03 24:00:00"),
        gives("CAST(ts AS STRING)", "1969-12-31 23:59:59.999999", "ts", -1L),
        gives("CAST(ts AS DATE)", -1, "ts", -1L),
        gives("CAST(ts AS TIME)", 23 * Times.HOUR, "ts", -Times.HOUR),
        gives("CAST(dt AS TIMESTAMP)", ts("2026-01-31 00:00:00"), "dt", date("2026-01-31")),
        gives("CAST(s AS DATE)", date("2024-02-29"), "s", "2024-02-29"),
        fails("CAST(s AS DATE)", ErrorCode.BAD_CAST, "s", "2023-02-29"),
        gives("CAST(s AS TIME)", 8 * Times.HOUR + 15 * Times.MINUTE, "s", "08:15"),
        gives("TRY_CAST(s AS INT)", null, "s", "x"),
        gives("TRY_CAST(s AS INT)", 5, "s", "5"),
        gives("TRY_CAST(s AS DATE)", null, "s", "x"),
        gives("CAST(NULL AS INT)", null),
        gives("CAST(NULL AS STRING)", null),
        gives("CAST(i AS BIGINT) + l", 3L, "i", 1, "l", 2L));
  }

  @TestFactory
  Stream<DynamicTest> times() {
    return tests(
        gives("ts + INTERVAL '1' DAY", ts("2026-03-01 10:00:00"), "ts", ts("2026-02-28 10:00:00")),
        gives(
            "ts - INTERVAL '1' MONTH", ts("2026-02-28 10:00:00"), "ts", ts("2026-03-31 10:00:00")),
        gives(
            "ts + INTERVAL '1-2' YEAR TO MONTH",
            ts("2027-04-01 00:00:00"),
            "ts",
            ts("2026-02-01 00:00:00")),
        gives(
            "ts + INTERVAL '0.25' SECOND(2, 3)",
            ts("2026-01-01 00:00:00.250001"),
            "ts",
            ts("2026-01-01 00:00:00.000001")),
        gives(
            "ts + i * INTERVAL '1' HOUR",
            ts("2026-01-01 05:00:00"),
            "ts",
            ts("2026-01-01 00:00:00"),
            "i",
            5),
        gives("dt + INTERVAL '1' DAY", date("2024-02-29"), "dt", date("2024-02-28")),
        gives("dt + INTERVAL '1' YEAR", date("2025-02-28"), "dt", date("2024-02-29")),
        gives("tm + INTERVAL '2' HOUR", Times.HOUR, "tm", 23 * Times.HOUR),
        gives("TIMESTAMPADD(MICROSECOND, 5, ts)", 5L, "ts", 0L),
        gives("TIMESTAMPADD(QUARTER, i, ts)", ts("1970-07-01 00:00:00"), "ts", 0L, "i", 2),
        gives(
            "TIMESTAMPDIFF(MICROSECOND, ts, TIMESTAMP '1970-01-01 00:00:01')", 999_999L, "ts", 1L),
        gives("TIMESTAMPDIFF(MONTH, dt, DATE '2026-03-31')", 1L, "dt", date("2026-02-28")),
        gives("TIMESTAMPDIFF(MONTH, dt, DATE '2026-02-28')", 0L, "dt", date("2026-01-31")),
        gives("TIMESTAMPDIFF(YEAR, dt, DATE '2026-02-28')", -1L, "dt", date("2027-03-01")),
        gives("EXTRACT(YEAR FROM ts)", 1969L, "ts", -1L),
        gives("EXTRACT(ISODOW FROM dt)", 4L, "dt", 0),
        gives("EXTRACT(DOW FROM dt)", 5L, "dt", 0),
        gives("EXTRACT(EPOCH FROM ts)", -1L, "ts", -1L),
        gives("EXTRACT(DOY FROM dt)", 366L, "dt", date("2024-12-31")),
        gives("EXTRACT(WEEK FROM dt)", 53L, "dt", date("2021-01-03")),
        gives("EXTRACT(MILLISECOND FROM ts)", 1500L, "ts", 1_500_999L),
        gives("FLOOR(ts TO HOUR)", ts("1969-12-31 23:00:00"), "ts", -1L),
        gives("FLOOR(dt TO MONTH)", date("2026-05-01"), "dt", date("2026-05-17")),
        gives("CEIL(ts TO DAY)", 0L, "ts", -1L),
        gives("CEIL(ts TO YEAR)", ts("1970-01-01 00:00:00"), "ts", 0L),
        gives("DATE_TRUNC('week', ts)", ts("2025-12-29 00:00:00"), "ts", ts("2026-01-01 10:00:00")),
        gives("YEAR(ts)", 1970L, "ts", 0L),
        gives(
            "CAST((ts - TIMESTAMP '1970-01-01 00:00:00') MINUTE AS BIGINT)",
            90L,
            "ts",
            90 * Times.MINUTE),
        gives(
            "(ts - TIMESTAMP '1970-01-01 00:00:00') DAY > INTERVAL '1' HOUR",
            true,
            "ts",
            2 * Times.HOUR));
  }

  @TestFactory
  Stream<DynamicTest> texts() {
    return tests(
        gives("s || s1", "xseven", "s", "x"),
        gives("s || s1", null),
        gives("SUBSTRING(s FROM 2 FOR 1)", "b", "s", "\uD83D\uDE00b"),
        gives("SUBSTRING(s, -1, 3)", "a", "s", "abc"),
        gives("SUBSTRING(s, i)", "", "s", "abc", "i", 9),
        fails("SUBSTRING(s, 1, -1)", ErrorCode.BAD_ARGUMENT, "s", "abc"),
        gives("CHAR_LENGTH(s)", 2, "s", "\uD83D\uDE00b"),
        gives("REVERSE(s)", "b\uD83D\uDE00", "s", "\uD83D\uDE00b"),
        gives("POSITION('b' IN s)", 2, "s", "\uD83D\uDE00b"),
        gives("TRIM(BOTH 'x' FROM s)", "a", "s", "xxaxx"),
        gives("TRIM(TRAILING FROM s)", " a", "s", " a "),
        gives("LPAD(s, 2, 'xy')", "ab", "s", "abc"),
        gives("SPLIT_PART(s, '::', i)", "", "s", "a::b", "i", 3),
        fails("REPEAT(s, i)", ErrorCode.BAD_ARGUMENT, "s", "abc", "i", Integer.MAX_VALUE),
        gives("s LIKE '%b_d'", true, "s", "aabcd"),
        gives("s LIKE 'a%b%c'", false, "s", "axbxd"),
        gives("s LIKE s1", false, "s", "x"),
        gives("s NOT LIKE 'a%'", null),
        gives("s LIKE '_'", true, "s", "\uD83D\uDE00"),
        gives("s LIKE '50\\%'", true, "s", "50%"),
        gives("s SIMILAR TO 'a(b|c)+'", true, "s", "abcb"),
        gives("s SIMILAR TO 'a.c'", false, "s", "abc"),
        gives("REGEXP_LIKE(s, '^(a+)+$')", false, "s", "a".repeat(5000) + "!"),
        gives("REGEXP_REPLACE(s, '(?P<x>\\w+)@', '$1 at ')", "me at home", "s", "me@home"),
        gives("CONCAT(s, i, n)", "x5", "s", "x", "i", 5),
        gives("CONCAT_WS(',', i, NULL, dt)", "1,1970-01-02", "i", 1, "dt", 1),
        gives("UPPER(NULL)", null),
        gives("MASK_CARD(s)", "****", "s", "1234"),
        gives("MASK_EMAIL(s)", "***@x.org", "s", "a@x.org"),
        gives("MASK_EMAIL(s)", "******", "s", "nobody"),
        fails("MASK_CARD(s, 'SOME')", ErrorCode.BAD_ARGUMENT, "s", "1234"));
  }

  @TestFactory
  Stream<DynamicTest> nested() {
    return tests(
        gives("t.r.x", 5, "r", new Object[] {5, "z"}),
        gives("t.r.z", "z", "r", new Object[] {5, "z"}),
        gives("t.r.x", null),
        gives("t.r.x + 1", null),
        gives("arr[2]", 20, "arr", List.of(10, 20)),
        gives("arr[i]", null, "arr", List.of(10, 20), "i", 0),
        gives("arr[1]", null),
        gives("m['k']", "v", "m", Map.of("k", "v")),
        gives("m['x']", null, "m", Map.of("k", "v")),
        gives("CARDINALITY(m)", 1, "m", Map.of("k", "v")),
        gives("ARRAY[i, 2]", List.of(1, 2), "i", 1),
        gives("MAP['a', s]", Map.of("a", "x"), "s", "x"),
        gives("GREATEST(i, l, n)", dec("5.000"), "i", 5, "l", 4L),
        gives("LEAST(i, l, n)", null),
        gives("TO_JSON(t.r)", "{\"x\":5,\"z\":null}", "r", new Object[] {5, null}));
  }

  @TestFactory
  Stream<DynamicTest> json() {
    return tests(
        gives("JSON_VALUE(j, '$.a')", "1.50", "j", "{\"a\": 1.50}"),
        gives("JSON_VALUE(j, '$.a' RETURNING DECIMAL(5, 2))", dec("1.50"), "j", "{\"a\": 1.5}"),
        gives("JSON_VALUE(j, '$.a' RETURNING INT)", null, "j", "{\"a\": \"x\"}"),
        gives("JSON_VALUE(j, '$.a' RETURNING INT DEFAULT -1 ON ERROR)", -1, "j", "{\"a\": \"x\"}"),
        gives("JSON_VALUE(j, '$.a' RETURNING INT DEFAULT -1 ON EMPTY)", -1, "j", "{}"),
        fails("JSON_VALUE(j, '$.a' ERROR ON EMPTY)", ErrorCode.BAD_JSON, "j", "{}"),
        fails("JSON_VALUE(j, '$.a' ERROR ON ERROR)", ErrorCode.BAD_JSON, "j", "{a"),
        gives("JSON_VALUE(j, '$.a')", null, "j", "{a"),
        gives("JSON_VALUE(j, '$.a')", null),
        gives("JSON_VALUE(j, '$.a')", null, "j", "{\"a\": null}"),
        gives("JSON_VALUE(j, '$.a[last].b')", "2", "j", "{\"a\": [{\"b\": 1}, {\"b\": 2}]}"),
        gives("JSON_VALUE(j, '$.\"a b\"')", "1", "j", "{\"a b\": 1}"),
        gives("JSON_VALUE(j, '$.a.b')", "1", "j", "{\"a\": [{\"b\": 1}]}"),
        gives("JSON_VALUE(j, 'strict $.a.b')", null, "j", "{\"a\": [{\"b\": 1}]}"),
        gives("JSON_VALUE(j, '$.a.size()')", "3", "j", "{\"a\": [1, 2, 3]}"),
        gives("JSON_QUERY(j, '$.*' WITH WRAPPER)", "[1,2]", "j", "{\"a\": 1, \"b\": 2}"),
        gives("JSON_QUERY(j, '$[1 to 2]' WITH WRAPPER)", "[2,3]", "j", "[1, 2, 3, 4]"),
        gives("JSON_QUERY(j, '$[*] ?(@ > 1 && @ < 4)' WITH WRAPPER)", "[2,3]", "j", "[1, 2, 3, 4]"),
        gives("JSON_QUERY(j, '$.a' EMPTY ARRAY ON ERROR)", "[]", "j", "{\"a\": 1}"),
        gives(
            "JSON_EXISTS(j, '$.a ?(@.b == \"x\" || exists(@.c))')",
            true,
            "j",
            "{\"a\": {\"c\": 1}}"),
        gives("JSON_EXISTS(j, '$.a')", false, "j", "{a"),
        gives(
            "JSON_OBJECT(KEY 'a' VALUE i, KEY 'b' VALUE j FORMAT JSON)",
            "{\"a\":1,\"b\":[1]}",
            "i",
            1,
            "j",
            "[1]"),
        gives("JSON_OBJECT(KEY 'a' VALUE i ABSENT ON NULL)", "{}"),
        gives(
            "JSON_ARRAY(ts, n, j)",
            "[\"1970-01-01 00:00:00\",1.500,{\"a\":1}]",
            "ts",
            0L,
            "n",
            dec("1.500"),
            "j",
            "{\"a\":1}"));
  }

  @Test
  void whatIsNotThereIsRejectedWhenCompiling() {
    for (String expression :
        List.of(
            "CURRENT_TIMESTAMP",
            "RAND()",
            "SOUNDEX(s)",
            "REGEXP_LIKE(s, '(a')",
            "JSON_VALUE(j, '$.')",
            "DATE_FORMAT(ts, 'QQQQQQQ')",
            "DATE_TRUNC('fortnight', ts)")) {
      assertThatThrownBy(() -> eval(expression))
          .as(expression)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void anErrorNamesExpressionAndValue() {
    RowError error = (RowError) eval("CAST(s AS INT) + 1", "s", "twelve");
    assertThat(error.message()).contains("'twelve'").contains("CAST(s AS INT");
    error = (RowError) eval("i * 2 + 1", "i", Integer.MAX_VALUE);
    assertThat(error.expression()).isEqualTo("i * 2");
    assertThat(error.message()).isEqualTo("the result does not fit INT in i * 2");
  }
}
