package io.millrace.connector.file.source.parse;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.file.source.FileSourceConfig;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A regular expression a line; the groups are the columns. */
final class ExpressionParser implements RecordParser {

  /** From a match to the text of a column; null for NULL. */
  private interface Extract {
    String of(Matcher match);
  }

  private final RowType columns;
  private final Values values;
  private final LogFormat log;
  private final ZoneId zone;
  private final Matcher matcher;
  private final Extract[] extracts;
  private final boolean[] logTime;

  ExpressionParser(FileSourceConfig config, RowType columns) {
    this.columns = columns;
    this.values = new Values(config);
    this.zone = config.timeZone();
    this.log = LogFormat.of(config.format());
    Pattern pattern = log == null ? config.expression() : log.pattern();
    this.matcher = pattern.matcher("");
    this.extracts = new Extract[columns.size()];
    this.logTime = new boolean[columns.size()];
    Map<String, Integer> groups = pattern.namedGroups();
    for (int i = 0; i < extracts.length; i++) {
      Field field = columns.field(i);
      extracts[i] = extract(field.name(), groups);
      logTime[i] =
          log != null
              && config.timestampFormat() == null
              && field.name().equalsIgnoreCase("time")
              && field.type().equals(DataType.TIMESTAMP);
    }
  }

  private Extract extract(String column, Map<String, Integer> groups) {
    String plain = column.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, Integer> group : groups.entrySet()) {
      if (normal(group.getKey()).equals(normal(plain))) {
        int number = group.getValue();
        return match -> match.group(number);
      }
    }
    if (log != null && groups.containsKey("priority")) {
      int priority = groups.get("priority");
      if (plain.equals("facility")) {
        return match -> part(match.group(priority), 3, Integer.MAX_VALUE);
      }
      if (plain.equals("severity")) {
        return match -> part(match.group(priority), 0, 7);
      }
    }
    String known = log == null ? String.join(", ", groups.keySet()) : log.fields();
    throw new ConnectorException(
        "INVALID_COLUMNS",
        "column %s is none of the %s: %s; rename it or leave it out"
            .formatted(
                column, log == null ? "expression's named groups" : "format's fields", known));
  }

  /** Names of groups hold no underscores; columns may. */
  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static String part(String priority, int shift, int mask) {
    return priority == null ? null : Integer.toString((Integer.parseInt(priority) >> shift) & mask);
  }

  @Override
  public Object[] parse(byte[] bytes, int from, int to) {
    String line;
    try {
      line = Values.text(bytes, from, to);
    } catch (IllegalArgumentException e) {
      throw ParseException.unparsable(e.getMessage());
    }
    matcher.reset(line);
    if (!matcher.matches()) {
      throw ParseException.unparsable(
          "the line does not match the %s"
              .formatted(
                  log == null
                      ? "expression"
                      : "format " + log.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
    Object[] row = new Object[extracts.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(i, extracts[i].of(matcher));
    }
    return row;
  }

  private Object value(int column, String text) {
    Field field = columns.field(column);
    if (text == null || (log != null && text.equals("-")) || emptyButNoText(field, text)) {
      if (!field.nullable()) {
        throw ParseException.unfit(field.name(), "there is no value and it is NOT NULL");
      }
      return null;
    }
    try {
      return logTime[column]
          ? (Object) log.micros(text, zone, Instant.now())
          : values.read(text, field.type());
    } catch (DateTimeException e) {
      throw ParseException.unfit(field.name(), "'%s' is no time".formatted(text));
    } catch (IllegalArgumentException e) {
      throw ParseException.unfit(field.name(), e.getMessage());
    }
  }

  private static boolean emptyButNoText(Field field, String text) {
    return text.isEmpty() && !field.type().equals(DataType.STRING);
  }
}
