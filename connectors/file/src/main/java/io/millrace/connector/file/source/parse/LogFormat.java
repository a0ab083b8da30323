package io.millrace.connector.file.source.parse;

import io.millrace.connector.file.source.FileSourceConfig;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Well-known formats of logs: an expression whose groups are the columns' names. A hyphen, which
 * stands for "nothing" in all of them, is NULL.
 *
 * <p>Sources: RFC 3164 section 4.1 (with the year added, as it has none), RFC 5424 section 6,
 * Apache's "common" and "combined" LogFormat, nginx's log_format "combined".
 */
enum LogFormat {
  SYSLOG_RFC3164(
      "(?:<(?<priority>\\d{1,3})>)?(?<time>[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2})"
          + " (?<host>\\S+) (?:(?<app>[^\\s:\\[]+)(?:\\[(?<pid>[^\\]]*)\\])?: ?)?(?<message>.*)",
      "priority, facility, severity, time, host, app, pid, message", null),
  SYSLOG_RFC5424(
      "<(?<priority>\\d{1,3})>(?<version>\\d{1,2}) (?<time>\\S+) (?<host>\\S+) (?<app>\\S+)"
          + " (?<pid>\\S+) (?<msgid>\\S+)"
          + " (?<data>-|(?:\\[(?:[^\\]\\\\\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\])+)"
          + "(?: (?:\\x{FEFF})?(?<message>.*))?",
      "priority, facility, severity, version, time, host, app, pid, msgid, data, message",
      null),
  APACHE_COMMON(
      "(?<host>\\S+) (?<ident>\\S+) (?<username>\\S+) \\[(?<time>[^\\]]+)\\]"
          + " \"(?<request>(?:(?<method>[^\\s\"]+) (?<path>[^\\s\"]*)(?: (?<protocol>[^\"\\s]+))?)"
          + "|(?:[^\"\\\\]|\\\\.)*)\" (?<status>\\d{3}|-) (?<bytes>\\d+|-)",
      "host, ident, username, time, request, method, path, protocol, status, bytes",
      "dd/MMM/yyyy:HH:mm:ss Z"),
  APACHE_COMBINED(
      APACHE_COMMON.expression
          + " \"(?<referer>(?:[^\"\\\\]|\\\\.)*)\" \"(?<useragent>(?:[^\"\\\\]|\\\\.)*)\".*",
      "host, ident, username, time, request, method, path, protocol, status, bytes, referer, user_agent",
      "dd/MMM/yyyy:HH:mm:ss Z"),
  NGINX_COMBINED(APACHE_COMBINED.expression, APACHE_COMBINED.fields, "dd/MMM/yyyy:HH:mm:ss Z");

  private static final Map<String, Integer> MONTHS =
      Map.ofEntries(
          Map.entry("Jan", 1),
          Map.entry("Feb", 2),
          Map.entry("Mar", 3),
          Map.entry("Apr", 4),
          Map.entry("May", 5),
          Map.entry("Jun", 6),
          Map.entry("Jul", 7),
          Map.entry("Aug", 8),
          Map.entry("Sep", 9),
          Map.entry("Oct", 10),
          Map.entry("Nov", 11),
          Map.entry("Dec", 12));

  private final String expression;
  private final String fields;
  private final DateTimeFormatter time;

  LogFormat(String expression, String fields, String time) {
    this.expression = expression;
    this.fields = fields;
    this.time = time == null ? null : DateTimeFormatter.ofPattern(time, Locale.ENGLISH);
  }

  static LogFormat of(FileSourceConfig.Format format) {
    return format == FileSourceConfig.Format.REGEX ? null : valueOf(format.name());
  }

  Pattern pattern() {
    return Pattern.compile(expression, Pattern.DOTALL);
  }

  /** The names that columns can have, for a message. */
  String fields() {
    return fields;
  }

  /** A TIMESTAMP from the field {@code time}. */
  long micros(String text, ZoneId zone, Instant now) {
    return switch (this) {
      case SYSLOG_RFC3164 -> withoutYear(text, zone, now);
      case SYSLOG_RFC5424 ->
          Values.micros(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text), zone);
      case APACHE_COMMON, APACHE_COMBINED, NGINX_COMBINED -> {
        TemporalAccessor parsed = time.parse(text);
        yield Values.micros(parsed, zone);
      }
    };
  }

  /** The year that puts the time closest before now, a day of clock difference allowed. */
  private static long withoutYear(String text, ZoneId zone, Instant now) {
    Integer month = MONTHS.get(text.substring(0, 3));
    if (month == null) {
      throw new java.time.DateTimeException(text);
    }
    int day = Integer.parseInt(text.substring(4, 6).strip());
    int hour = Integer.parseInt(text.substring(7, 9));
    int minute = Integer.parseInt(text.substring(10, 12));
    int second = Math.min(59, Integer.parseInt(text.substring(13, 15)));
    int year = now.atZone(zone).getYear();
    boolean leapDay = month == 2 && day == 29;
    for (int candidate = year + 1; candidate > year - 9; candidate--) {
      if (leapDay && !Year.isLeap(candidate)) {
        continue;
      }
      Instant at =
          LocalDateTime.of(candidate, month, day, hour, minute, second).atZone(zone).toInstant();
      if (!at.isAfter(now.plusSeconds(86_400))) {
        return io.millrace.connector.option.Texts.micros(at);
      }
    }
    throw new java.time.DateTimeException(text);
  }
}
