package io.millrace.connector.file.source.parse;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.file.source.FileSourceConfig;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values between delimiters, quoted as RFC 4180 has it. */
final class CsvParser implements RecordParser {

  private static final int IGNORED = -1;

  private final RowType columns;
  private final DataType[] types;
  private final Values values;
  private final byte delimiter;
  private final byte quote;
  private final byte[] nullText;
  private final boolean byName;
  private int[] targets;
  private byte[] unquoted = new byte[256];

  CsvParser(FileSourceConfig config, RowType columns) {
    this.columns = columns;
    this.types = columns.fields().stream().map(Field::type).toArray(DataType[]::new);
    for (Field field : columns.fields()) {
      if (!(field.type() instanceof DataType.Primitive
          || field.type() instanceof DataType.Decimal)) {
        throw new ConnectorException(
            "INVALID_COLUMNS",
            "column %s %s cannot be read from CSV; declare it as JSON"
                .formatted(field.name(), field.type().sql()));
      }
    }
    this.values = new Values(config);
    if (config.delimiter() > 0x7F || config.quote() > 0x7F) {
      throw new ConnectorException(
          "INVALID_OPTION", "delimiter and quote have to be ASCII characters");
    }
    this.delimiter = (byte) config.delimiter();
    this.quote = (byte) config.quote();
    this.nullText = config.nullText().getBytes(StandardCharsets.UTF_8);
    this.byName = config.header();
    this.targets = byPosition();
  }

  private int[] byPosition() {
    int[] positions = new int[columns.size()];
    Arrays.setAll(positions, i -> i);
    return positions;
  }

  @Override
  public void header(byte[] bytes, int from, int to) {
    List<Integer> found = new ArrayList<>();
    int at = from;
    while (at <= to) {
      int end = valueEnd(bytes, at, to);
      String name =
          at < to && bytes[at] == quote
              ? quotedText(bytes, at, end)
              : new String(bytes, at, end - at, StandardCharsets.UTF_8);
      found.add(columns.indexOf(name.strip()).orElse(IGNORED));
      at = end + 1;
    }
    targets = found.stream().mapToInt(Integer::intValue).toArray();
  }

  private String quotedText(byte[] bytes, int from, int end) {
    int length = unquote(bytes, from, end);
    return new String(unquoted, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public Object[] parse(byte[] bytes, int from, int to) {
    Object[] row = new Object[types.length];
    int at = from;
    int count = 0;
    ParseException fault = null;
    while (at <= to) {
      int end = valueEnd(bytes, at, to);
      int target = count < targets.length ? targets[count] : IGNORED;
      if (target != IGNORED && fault == null) {
        try {
          row[target] = value(bytes, at, end, target);
        } catch (ParseException e) {
          fault = e;
        }
      }
      count++;
      at = end + 1;
    }
    if (count != targets.length) {
      throw ParseException.unparsable(
          "%d values where %s has %d columns"
              .formatted(count, byName ? "the header" : "the declaration", targets.length));
    }
    if (fault != null) {
      throw fault;
    }
    for (int i = 0; i < row.length; i++) {
      if (row[i] == null && !columns.field(i).nullable()) {
        throw ParseException.unfit(columns.field(i).name(), "there is no value and it is NOT NULL");
      }
    }
    return row;
  }

  /** Where the value that starts at {@code from} ends: at a delimiter or at {@code to}. */
  private int valueEnd(byte[] bytes, int from, int to) {
    int i = from;
    if (i < to && bytes[i] == quote) {
      i++;
      while (true) {
        if (i >= to) {
          throw ParseException.unparsable("a quote is opened and not closed");
        }
        if (bytes[i] == quote) {
          if (i + 1 < to && bytes[i + 1] == quote) {
            i++;
          } else {
            break;
          }
        }
        i++;
      }
      i++;
      if (i < to && bytes[i] != delimiter) {
        throw ParseException.unparsable(
            "there is something between a closing quote and the next" + " delimiter");
      }
      return i;
    }
    while (i < to && bytes[i] != delimiter) {
      i++;
    }
    return i;
  }

  private Object value(byte[] bytes, int from, int end, int target) {
    try {
      if (from < end && bytes[from] == quote) {
        int length = unquote(bytes, from, end);
        return values.read(unquoted, 0, length, types[target]);
      }
      if (isNull(bytes, from, end)) {
        return null;
      }
      return values.read(bytes, from, end, types[target]);
    } catch (IllegalArgumentException e) {
      throw ParseException.unfit(columns.field(target).name(), e.getMessage());
    }
  }

  private boolean isNull(byte[] bytes, int from, int end) {
    return end - from == nullText.length
        && Arrays.equals(bytes, from, end, nullText, 0, nullText.length);
  }

  private int unquote(byte[] bytes, int from, int end) {
    if (unquoted.length < end - from) {
      unquoted = new byte[Math.max(end - from, unquoted.length * 2)];
    }
    int length = 0;
    for (int i = from + 1; i < end - 1; i++) {
      if (bytes[i] == quote) {
        i++;
      }
      unquoted[length++] = bytes[i];
    }
    return length;
  }
}
