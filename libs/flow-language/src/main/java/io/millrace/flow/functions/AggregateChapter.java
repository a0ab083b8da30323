package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Functions over several rows. */
final class AggregateChapter {

  private AggregateChapter() {}

  static List<FunctionDefinition> definitions() {
    Chapter chapter = new Chapter(FunctionCategory.AGGREGATES);
    common(chapter);
    statistics(chapter);
    order(chapter);
    return chapter.definitions();
  }

  private static void common(Chapter chapter) {
    chapter
        .standard(
            "COUNT",
            List.of(SqlStdOperatorTable.COUNT),
            "COUNT(*) -> BIGINT!\nCOUNT([DISTINCT] value ANY, ...) -> BIGINT!",
            "How many rows there are; with arguments, those where none is NULL.",
            gives("COUNT(*)", "5"),
            gives("COUNT(x)", "4"),
            gives("COUNT(DISTINCT x)", "3"))
        .aggregate(
            SqlKind.SUM,
            "SUM([DISTINCT] value NUMBER) -> TOTAL?",
            "The sum: BIGINT of whole numbers, DECIMAL(38, s) of decimals; a sum that does not fit"
                + " fails the event.",
            gives("SUM(x)", "10"),
            gives("SUM(DISTINCT x)", "8"))
        .aggregate(
            SqlKind.AVG,
            "AVG([DISTINCT] value NUMBER) -> AVERAGE?",
            "The mean, in the type of its argument: of whole numbers it is truncated, of"
                + " DECIMAL(p, s) it is DECIMAL(38, max(6, s)).",
            gives("AVG(x)", "2"),
            gives("AVG(CAST(x AS DOUBLE))", "2.5"))
        .aggregate(
            SqlKind.MIN, "MIN(value ANY) -> SAME?", "The smallest value.", gives("MIN(x)", "1"))
        .aggregate(
            SqlKind.MAX, "MAX(value ANY) -> SAME?", "The largest value.", gives("MAX(x)", "5"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "APPROX_COUNT_DISTINCT(value ANY) -> BIGINT!",
            "About how many different values there are, in memory of a fixed size.",
            gives("APPROX_COUNT_DISTINCT(x)", "3"));
  }

  private static void statistics(Chapter chapter) {
    chapter
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "STDDEV_POP(value NUMBER) -> DOUBLE?",
            "The standard deviation of a population.",
            gives("STDDEV_POP(x)", "1.5"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "STDDEV_SAMP(value NUMBER) -> DOUBLE?\nSTDDEV(value NUMBER) -> DOUBLE?",
            "The standard deviation of a sample; NULL of fewer than two values.",
            gives("STDDEV_SAMP(x)", "1.7320508075688772"),
            gives("STDDEV(x)", "1.7320508075688772"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "VAR_POP(value NUMBER) -> DOUBLE?",
            "The variance of a population.",
            gives("VAR_POP(x)", "2.25"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "VAR_SAMP(value NUMBER) -> DOUBLE?\nVARIANCE(value NUMBER) -> DOUBLE?",
            "The variance of a sample; NULL of fewer than two values.",
            gives("VAR_SAMP(x)", "3.0"),
            gives("VARIANCE(x)", "3.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "MEDIAN(value NUMBER) -> DOUBLE?",
            "The value in the middle; the mean of both when there are two.",
            gives("MEDIAN(x)", "2.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "PERCENTILE(value NUMBER, fraction NUMBER) -> DOUBLE?",
            "The value that this fraction (0 to 1) of the values is below, exactly; between two"
                + " values it is interpolated.",
            gives("PERCENTILE(x, 0.5)", "2.0"))
        .percentile(
            "PERCENTILE_CONT(fraction NUMBER) WITHIN GROUP (ORDER BY value NUMBER) -> DOUBLE?",
            "As PERCENTILE.",
            gives("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)", "2.0"))
        .percentile(
            "PERCENTILE_DISC(fraction NUMBER) WITHIN GROUP (ORDER BY value ANY) -> ORDERED?",
            "The first of the ordered values that at least this fraction of them are not behind.",
            gives("PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY x)", "2"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "APPROX_PERCENTILE(value NUMBER, fraction NUMBER) -> DOUBLE?",
            "About the percentile, in memory that does not grow with the rows.",
            gives("APPROX_PERCENTILE(x, 0.5)", "2.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "CORR(y NUMBER, x NUMBER) -> DOUBLE?",
            "The correlation of two values, from -1 to 1; rows with a NULL in either are left out.",
            gives("CORR(x, 2 * x)", "1.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "COVAR_POP(y NUMBER, x NUMBER) -> DOUBLE?",
            "The covariance of a population.",
            gives("COVAR_POP(x, x)", "2.25"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "COVAR_SAMP(y NUMBER, x NUMBER) -> DOUBLE?",
            "The covariance of a sample; NULL of fewer than two pairs.",
            gives("COVAR_SAMP(x, x)", "3.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "REGR_SLOPE(y NUMBER, x NUMBER) -> DOUBLE?",
            "The slope of the line through the points that fits best.",
            gives("REGR_SLOPE(2 * x + 1, x)", "2.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "REGR_INTERCEPT(y NUMBER, x NUMBER) -> DOUBLE?",
            "The line's y where x is 0.",
            gives("REGR_INTERCEPT(2 * x + 1, x)", "1.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "REGR_R2(y NUMBER, x NUMBER) -> DOUBLE?",
            "How well the line fits, from 0 to 1.",
            gives("REGR_R2(2 * x + 1, x)", "1.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "FORECAST(y NUMBER, x NUMBER, at NUMBER) -> DOUBLE?",
            "The line's y at another x, that of the last row: a linear trend, continued.",
            gives("FORECAST(2 * x + 1, x, 10)", "21.0"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "Z_SCORE(value NUMBER) -> DOUBLE?",
            "How many standard deviations (of the population) the last row's value is from the"
                + " mean of all; NULL when there is no deviation.",
            gives("Z_SCORE(x)", "-0.3333333333333333"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "EXP_SMOOTHING(value NUMBER, alpha NUMBER) -> DOUBLE?",
            "Exponential smoothing in the order of the rows: the first value, then each time alpha"
                + " (0 to 1) of the value and the rest of what was before.",
            gives("EXP_SMOOTHING(x, 0.5)", "2.625"));
  }

  private static void order(Chapter chapter) {
    chapter
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "FIRST_VALUE(value ANY) -> SAME?",
            "The value of the first row, in the order of time; in GROUP BY the first that is not"
                + " NULL.",
            gives("FIRST_VALUE(x)", "1"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "LAST_VALUE(value ANY) -> SAME?",
            "The value of the last row, in the order of time; in GROUP BY the last that is not"
                + " NULL.",
            gives("LAST_VALUE(x)", "2"))
        .aggregate(
            SqlKind.ARRAY_AGG,
            "ARRAY_AGG([DISTINCT] value ANY) -> LIST?",
            "The values as an array, in the order of the rows, NULL among them; NULL without a"
                + " row.",
            gives("ARRAY_AGG(x)", "[1, 2, 5, NULL, 2]"))
        .aggregate(
            SqlKind.OTHER_FUNCTION,
            "LISTAGG([DISTINCT] text STRING [, separator STRING]) -> STRING?",
            "The texts one behind the other, in the order of the rows, without NULL; the separator"
                + " is a comma unless it is given.",
            gives("LISTAGG(CAST(x AS STRING), '-')", "'1-2-5-2'"))
        .standard(
            "LAG",
            List.of(new LagFunction()),
            "LAG(value ANY [, offset INT [, default ANY]]) OVER (...)",
            "The value of an earlier row of the partition: so many rows before, 1 unless it is"
                + " given; the default, or NULL, when there is none.",
            gives("LAG(x) OVER (ORDER BY ts)", "NULL"))
        .standard(
            "ROW_NUMBER",
            List.of(SqlStdOperatorTable.ROW_NUMBER),
            "ROW_NUMBER() OVER (...) -> BIGINT!",
            "The row's number in its partition, from 1.",
            gives("ROW_NUMBER() OVER (ORDER BY ts)", "5"));
  }
}
