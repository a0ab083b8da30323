package io.millrace.schemas.json;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Writes events as JSON objects, column by column in their order.
 *
 * <p>Numbers are JSON numbers, DECIMAL with all its digits; floating-point values that JSON has no
 * number for (NaN, infinities) are strings; DATE, TIME and TIMESTAMP are ISO-8601 strings ({@code
 * 2026-01-31}, {@code 23:59:59.000001}, {@code 2026-01-31T23:59:59.000001Z}; fractions as long as
 * they need to be, in steps of three digits); BYTES are base64; a value of type JSON is put in as
 * it is; NULL is {@code null}.
 *
 * <p>Made once for a row type; thread-safe.
 */
public final class EventJson {

  private final String[] names;
  private final ValueJson[] values;

  /** How values are written that JSON has no one way for. */
  public enum Style {
    /** As this class says. */
    PLAIN(false, 0),
    /** DECIMAL as a string. */
    DECIMAL_STRINGS(true, 0),
    /** TIMESTAMP as milliseconds since the epoch, a number. */
    EPOCH_MILLIS(false, 1000),
    /** Both of these. */
    DECIMAL_STRINGS_EPOCH_MILLIS(true, 1000),
    /** TIMESTAMP as microseconds since the epoch, a number. */
    EPOCH_MICROS(false, 1),
    /** DECIMAL as a string, TIMESTAMP as microseconds since the epoch. */
    DECIMAL_STRINGS_EPOCH_MICROS(true, 1);

    private final boolean decimalStrings;
    private final long epochUnit;

    Style(boolean decimalStrings, long epochUnit) {
      this.decimalStrings = decimalStrings;
      this.epochUnit = epochUnit;
    }
  }

  public EventJson(RowType row) {
    this(row, Style.PLAIN);
  }

  public EventJson(RowType row, Style style) {
    names = new String[row.size()];
    values = new ValueJson[row.size()];
    for (int i = 0; i < names.length; i++) {
      Field field = row.field(i);
      StringBuilder name = new StringBuilder();
      quote(name, field.name());
      names[i] = (i == 0 ? "" : ",") + name + ":";
      values[i] = writer(field.type(), style);
    }
  }

  /** The event as one line of JSON. */
  public String write(Object[] row) {
    StringBuilder out = new StringBuilder(64 + 24 * names.length);
    append(out, row);
    return out.toString();
  }

  /** Appends the event; the form for those who write many. */
  public void append(StringBuilder out, Object[] row) {
    out.append('{');
    for (int i = 0; i < names.length; i++) {
      out.append(names[i]);
      appendValue(out, values[i], row[i]);
    }
    out.append('}');
  }

  /** Appends a JSON string, quoted and escaped. */
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') {
        out.append(c);
        continue;
      }
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> out.append("\\u%04x".formatted((int) c));
      }
    }
    out.append('"');
  }

  private interface ValueJson {
    void append(StringBuilder out, Object value);
  }

  private static void appendValue(StringBuilder out, ValueJson writer, Object value) {
    if (value == null) {
      out.append("null");
    } else {
      writer.append(out, value);
    }
  }

  private static ValueJson writer(DataType type, Style style) {
    return switch (type) {
      case DataType.Primitive primitive -> primitive(primitive.kind(), style);
      case DataType.Decimal _ ->
          style.decimalStrings
              ? (out, value) -> quoted(out, ((BigDecimal) value).toPlainString())
              : (out, value) -> out.append(((BigDecimal) value).toPlainString());
      case DataType.Array array -> list(writer(array.element(), style));
      case DataType.MapOf map -> map(writer(map.value(), style));
      case DataType.Row row -> {
        EventJson nested = new EventJson(row.row(), style);
        yield (out, value) -> nested.append(out, (Object[]) value);
      }
    };
  }

  private static ValueJson primitive(DataType.Kind kind, Style style) {
    return switch (kind) {
      case BOOLEAN, INT, BIGINT -> StringBuilder::append;
      case FLOAT, DOUBLE -> EventJson::floating;
      case STRING -> (out, value) -> quote(out, (String) value);
      case JSON ->
          (out, value) -> {
            String json = (String) value;
            out.append(json.isBlank() ? "null" : json);
          };
      case BYTES ->
          (out, value) ->
              out.append('"')
                  .append(Base64.getEncoder().encodeToString((byte[]) value))
                  .append('"');
      case DATE -> (out, value) -> quoted(out, IsoTimes.date((Integer) value));
      case TIME -> (out, value) -> quoted(out, IsoTimes.time((Long) value));
      case TIMESTAMP -> {
        long unit = style.epochUnit;
        yield unit == 0
            ? (out, value) -> quoted(out, IsoTimes.timestamp((Long) value))
            : (out, value) -> out.append(Math.floorDiv((Long) value, unit));
      }
    };
  }

  private static void quoted(StringBuilder out, String plain) {
    out.append('"').append(plain).append('"');
  }

  private static void floating(StringBuilder out, Object value) {
    double number = ((Number) value).doubleValue();
    if (Double.isFinite(number)) {
      out.append(value);
    } else {
      quoted(out, value.toString());
    }
  }

  private static ValueJson list(ValueJson element) {
    return (out, value) -> {
      out.append('[');
      String separator = "";
      for (Object item : (List<?>) value) {
        out.append(separator);
        appendValue(out, element, item);
        separator = ",";
      }
      out.append(']');
    };
  }

  private static ValueJson map(ValueJson element) {
    return (out, value) -> {
      out.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.append(separator);
        quote(out, (String) entry.getKey());
        out.append(':');
        appendValue(out, element, entry.getValue());
        separator = ",";
      }
      out.append('}');
    };
  }
}
