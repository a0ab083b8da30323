package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Functions of dates and times. There is no current time: what a query gives depends on its input.
 */
final class TimeChapter {

  private TimeChapter() {}

  static List<FunctionDefinition> definitions() {
    Chapter chapter = new Chapter(FunctionCategory.TIME);
    units(chapter);
    conversions(chapter);
    return chapter.definitions();
  }

  private static void units(Chapter chapter) {
    chapter
        .standard(
            "INTERVAL",
            List.of(SqlStdOperatorTable.DATETIME_PLUS, SqlStdOperatorTable.MINUS_DATE),
            "time + INTERVAL '...' unit, time - INTERVAL '...' unit, (time - time) unit",
            "Moves a date, a time or a timestamp; or the interval between two. Months are moved to"
                + " the same day, or to the last one of the month.",
            gives("DATE '2026-01-31' + INTERVAL '1' MONTH", "2026-02-28"),
            gives(
                "TIMESTAMP '2026-01-31 23:59:59.5' + INTERVAL '1' SECOND", "2026-02-01 00:00:00.5"),
            gives(
                "CAST((TIMESTAMP '2026-01-02 00:00:00' - TIMESTAMP '2026-01-01 00:00:00') HOUR AS"
                    + " INT)",
                "24"))
        .standard(
            "EXTRACT",
            List.of(SqlStdOperatorTable.EXTRACT),
            "EXTRACT(unit FROM time)",
            "A field: YEAR, QUARTER, MONTH, WEEK (ISO), DAY, DOW (1 is Sunday), ISODOW (1 is"
                + " Monday), DOY, HOUR, MINUTE, SECOND, MILLISECOND and MICROSECOND (with the"
                + " seconds), EPOCH, ISOYEAR, DECADE, CENTURY, MILLENNIUM.",
            gives("EXTRACT(WEEK FROM DATE '2026-01-01')", "1"),
            gives("EXTRACT(MICROSECOND FROM TIMESTAMP '2026-01-01 00:00:01.000002')", "1000002"));
    for (SqlOperator part :
        List.<SqlOperator>of(
            SqlStdOperatorTable.YEAR,
            SqlStdOperatorTable.QUARTER,
            SqlStdOperatorTable.MONTH,
            SqlStdOperatorTable.WEEK,
            SqlStdOperatorTable.DAYOFYEAR,
            SqlStdOperatorTable.DAYOFMONTH,
            SqlStdOperatorTable.DAYOFWEEK,
            SqlStdOperatorTable.HOUR,
            SqlStdOperatorTable.MINUTE,
            SqlStdOperatorTable.SECOND)) {
      String result =
          switch (part.getName()) {
            case "YEAR" -> "2026";
            case "QUARTER" -> "2";
            case "MONTH" -> "5";
            case "WEEK" -> "18";
            case "DAYOFYEAR" -> "121";
            case "DAYOFMONTH" -> "1";
            case "DAYOFWEEK" -> "6";
            case "HOUR" -> "8";
            case "MINUTE" -> "15";
            default -> "30";
          };
      chapter.standard(
          part.getName(),
          List.of(part),
          part.getName() + "(time)",
          "The field of a timestamp, as EXTRACT gives it.",
          gives(part.getName() + "(TIMESTAMP '2026-05-01 08:15:30')", result));
    }
    chapter
        .function(
            SqlKind.TIMESTAMP_ADD,
            "TIMESTAMPADD(unit UNIT, count INT, time DATETIME) -> LAST",
            "Moves a timestamp or a date by a number of units: MICROSECOND, SECOND, MINUTE, HOUR,"
                + " DAY, WEEK, MONTH, QUARTER, YEAR.",
            gives("TIMESTAMPADD(MONTH, 1, TIMESTAMP '2026-01-31 10:00:00')", "2026-02-28 10:00:00"))
        .function(
            SqlKind.TIMESTAMP_DIFF,
            "TIMESTAMPDIFF(unit UNIT, begin DATETIME, finish DATETIME) -> BIGINT",
            "How many whole units it is from the first to the second.",
            gives(
                "TIMESTAMPDIFF(MINUTE, TIMESTAMP '2026-01-01 00:00:00', TIMESTAMP '2026-01-01"
                    + " 01:30:59')",
                "90"))
        .function(
            "DATE_TRUNC(unit STRING, time DATETIME) -> LAST",
            "The begin of the unit: year, quarter, month, week, day, hour, minute, second,"
                + " millisecond, decade, century.",
            gives("DATE_TRUNC('hour', TIMESTAMP '2026-05-01 08:15:30')", "2026-05-01 08:00:00"),
            gives("DATE_TRUNC('week', DATE '2026-05-01')", "2026-04-27"))
        .function(
            "LAST_DAY(time DATETIME) -> DATE",
            "The last day of the month.",
            gives("LAST_DAY(DATE '2028-02-10')", "2028-02-29"));
  }

  private static void conversions(Chapter chapter) {
    chapter
        .function(
            "TO_TIMESTAMP(text STRING [, pattern STRING]) -> TIMESTAMP",
            "Reads a timestamp: ISO 8601, or by a pattern of Java's DateTimeFormatter. An offset or"
                + " a zone in the text is converted to UTC.",
            gives("TO_TIMESTAMP('31.01.2026 08:15', 'dd.MM.yyyy HH:mm')", "2026-01-31 08:15:00"),
            gives(
                "TO_TIMESTAMP('10/Oct/2025:13:55:36 -0700', 'dd/MMM/yyyy:HH:mm:ss Z')",
                "2025-10-10 20:55:36"))
        .function(
            "TRY_TO_TIMESTAMP(text STRING [, pattern STRING]) -> TIMESTAMP?",
            "As TO_TIMESTAMP, but NULL for a text that is none.",
            gives("TRY_TO_TIMESTAMP('yesterday')", "NULL"))
        .function(
            "TO_DATE(text STRING [, pattern STRING]) -> DATE",
            "Reads a date: yyyy-mm-dd, or by a pattern.",
            gives("TO_DATE('31.01.2026', 'dd.MM.yyyy')", "2026-01-31"))
        .function(
            "DATE_FORMAT(time DATETIME, pattern STRING) -> STRING",
            "Writes a date or a timestamp by a pattern of Java's DateTimeFormatter.",
            gives(
                "DATE_FORMAT(TIMESTAMP '2026-01-31 08:15:00', 'EEE d MMM yyyy HH:mm')",
                "'Sat 31 Jan 2026 08:15'"))
        .function(
            "EPOCH_SECONDS(time DATETIME) -> BIGINT",
            "Seconds since 1970 UTC, cut downwards.",
            gives("EPOCH_SECONDS(TIMESTAMP '1970-01-02 00:00:00')", "86400"))
        .function(
            "EPOCH_MILLIS(time DATETIME) -> BIGINT",
            "Milliseconds since 1970 UTC, cut downwards.",
            gives("EPOCH_MILLIS(TIMESTAMP '1970-01-01 00:00:01.5')", "1500"))
        .function(
            "EPOCH_MICROS(time DATETIME) -> BIGINT",
            "Microseconds since 1970 UTC.",
            gives("EPOCH_MICROS(TIMESTAMP '1970-01-01 00:00:01.5')", "1500000"))
        .function(
            "FROM_EPOCH_SECONDS(seconds BIGINT) -> TIMESTAMP",
            "From seconds since 1970 UTC.",
            gives("FROM_EPOCH_SECONDS(86400)", "1970-01-02 00:00:00"))
        .function(
            "FROM_EPOCH_MILLIS(millis BIGINT) -> TIMESTAMP",
            "From milliseconds since 1970 UTC.",
            gives("FROM_EPOCH_MILLIS(1500)", "1970-01-01 00:00:01.5"))
        .function(
            "FROM_EPOCH_MICROS(micros BIGINT) -> TIMESTAMP",
            "From microseconds since 1970 UTC.",
            gives("FROM_EPOCH_MICROS(1)", "1970-01-01 00:00:00.000001"))
        .function(
            "TO_ZONE(time DATETIME, zone STRING) -> TIMESTAMP",
            "The local time in a zone of the time zone database when it is this time in UTC.",
            gives(
                "TO_ZONE(TIMESTAMP '2026-07-01 12:00:00', 'Europe/Berlin')", "2026-07-01 14:00:00"))
        .function(
            "FROM_ZONE(time DATETIME, zone STRING) -> TIMESTAMP",
            "UTC when it is this local time in a zone.",
            gives(
                "FROM_ZONE(TIMESTAMP '2026-01-01 12:00:00', 'America/New_York')",
                "2026-01-01 17:00:00"));
  }
}
