package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Functions of numbers. */
final class NumberChapter {

  private NumberChapter() {}

  static List<FunctionDefinition> definitions() {
    Chapter chapter = new Chapter(FunctionCategory.NUMBERS);
    chapter
        .function("ABS(x NUMBER) -> SAME", "Without its sign.", gives("ABS(-7)", "7"))
        .function(
            "SIGN(x NUMBER) -> INT",
            "-1, 0 or 1.",
            gives("SIGN(CAST(-2.5 AS DECIMAL(5, 1)))", "-1"))
        .function(
            SqlKind.MOD,
            "MOD(dividend NUMBER, divisor NUMBER) -> COMMON",
            "The remainder of a division; it has the sign of the dividend.",
            gives("MOD(7, 3)", "1"))
        .function(
            "ROUND(x NUMBER [, decimals INT]) -> SAME",
            "Rounded half away from zero, to whole numbers or to a number of decimals. The type"
                + " stays.",
            gives("ROUND(CAST(2.345 AS DECIMAL(6, 3)), 2)", "2.350"),
            gives("ROUND(-2.5E0)", "-3.0"),
            gives("ROUND(1250, -2)", "1300"))
        .function(
            "TRUNCATE(x NUMBER [, decimals INT]) -> SAME",
            "Cut towards zero, to whole numbers or to a number of decimals.",
            gives("TRUNCATE(CAST(2.349 AS DECIMAL(6, 3)), 1)", "2.300"))
        .standard(
            "FLOOR",
            List.of(SqlStdOperatorTable.FLOOR),
            "FLOOR(x NUMBER)\nFLOOR(time TO unit)",
            "The greatest whole number that is not greater; or the begin of a unit of time: YEAR,"
                + " QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND.",
            gives("FLOOR(-2.5E0)", "-3.0"),
            gives("FLOOR(TIMESTAMP '2026-02-14 08:15:59' TO MONTH)", "2026-02-01 00:00:00"))
        .standard(
            "CEIL",
            List.of(SqlStdOperatorTable.CEIL),
            "CEIL(x NUMBER)\nCEIL(time TO unit)",
            "The least whole number that is not less; or the begin of the next unit of time.",
            gives("CEIL(CAST(2.1 AS DECIMAL(5, 1)))", "3"),
            gives("CEIL(TIMESTAMP '2026-02-14 08:15:59' TO HOUR)", "2026-02-14 09:00:00"))
        .function(
            "POWER(x NUMBER, exponent NUMBER) -> DOUBLE",
            "x to a power.",
            gives("POWER(2, 10)", "1024.0"))
        .function("SQRT(x NUMBER) -> DOUBLE", "The square root.", gives("SQRT(16)", "4.0"))
        .function("CBRT(x NUMBER) -> DOUBLE", "The cube root.", gives("CBRT(27)", "3.0"))
        .function("EXP(x NUMBER) -> DOUBLE", "e to a power.", gives("EXP(0)", "1.0"))
        .function("LN(x NUMBER) -> DOUBLE", "The natural logarithm.", gives("LN(1)", "0.0"))
        .function(
            "LOG10(x NUMBER) -> DOUBLE", "The decimal logarithm.", gives("LOG10(1000)", "3.0"))
        .function("LOG2(x NUMBER) -> DOUBLE", "The binary logarithm.", gives("LOG2(8)", "3.0"))
        .function("PI() -> DOUBLE", "The number π.", gives("PI()", "3.141592653589793"));
    for (String name : List.of("SIN", "COS", "TAN", "COT", "ASIN", "ACOS", "ATAN")) {
      chapter.function(
          name + "(x NUMBER) -> DOUBLE",
          "The trigonometric function; angles in radians.",
          switch (name) {
            case "COS" -> gives("COS(0)", "1.0");
            case "COT" -> gives("ROUND(COT(PI() / 4), 6)", "1.0");
            case "ACOS" -> gives("ACOS(1)", "0.0");
            default -> gives(name + "(0)", "0.0");
          });
    }
    return chapter
        .function(
            "ATAN2(y NUMBER, x NUMBER) -> DOUBLE",
            "The angle of a point.",
            gives("ATAN2(0, 1)", "0.0"))
        .function("DEGREES(x NUMBER) -> DOUBLE", "From radians.", gives("DEGREES(PI())", "180.0"))
        .function("RADIANS(x NUMBER) -> DOUBLE", "From degrees.", gives("RADIANS(0)", "0.0"))
        .definitions();
  }
}
