package io.millrace.connector.jdbc;

import io.millrace.schemas.type.DataType;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HexFormat;

/** Writes elements of PostgreSQL's array literals. */
interface ArrayLiteral {

  /** Appends a value that is not null. */
  void append(StringBuilder out, Object value);

  static ArrayLiteral of(DataType type) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> (out, v) -> out.append((Boolean) v ? 't' : 'f');
            case INT -> (out, v) -> out.append(((Integer) v).intValue());
            case BIGINT -> (out, v) -> out.append(((Long) v).longValue());
            case FLOAT, DOUBLE -> StringBuilder::append;
            case STRING, JSON -> (out, v) -> quoted(out, (String) v);
            case BYTES ->
                (out, v) -> {
                  out.append("\"\\\\x");
                  HexFormat.of().formatHex(out, (byte[]) v);
                  out.append('"');
                };
            case DATE -> (out, v) -> quoted(out, date(LocalDate.ofEpochDay((Integer) v)));
            case TIME -> (out, v) -> out.append(LocalTime.ofNanoOfDay((Long) v * 1000));
            case TIMESTAMP -> (out, v) -> timestamp(out, Dialect.dateTime((Long) v));
          };
      case DataType.Decimal _ -> (out, v) -> out.append(((BigDecimal) v).toPlainString());
      default -> (out, v) -> quoted(out, Dialect.json(type, v));
    };
  }

  /** The element type that the literal is read as. */
  static String elementType(DataType type) {
    return switch (type) {
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> "bool";
            case INT -> "int4";
            case BIGINT -> "int8";
            case FLOAT -> "float4";
            case DOUBLE -> "float8";
            case STRING, JSON -> "text";
            case BYTES -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
          };
      case DataType.Decimal _ -> "numeric";
      default -> "text";
    };
  }

  /**
   * The cast a value needs to be assigned to its column. None where PostgreSQL assigns by itself,
   * because then it refuses what does not fit, where a cast would cut it.
   */
  static String assignmentCast(Layout.Binding binding) {
    String type = serverType(binding.target());
    boolean text = elementType(binding.type()).equals("text");
    boolean toText = isText(binding.target());
    if (text) {
      return toText ? "" : "::" + type;
    }
    boolean number = binding.target().jdbcType() != Types.BIT && isInteger(type);
    if (binding.type().equals(DataType.BOOLEAN) && number) {
      return "::int4::" + type;
    }
    return "";
  }

  /** The cast that lets a comparison with the column use its index. */
  static String comparisonCast(Layout.Binding binding) {
    return isText(binding.target()) ? "" : "::" + serverType(binding.target());
  }

  private static boolean isText(TargetColumn column) {
    return switch (column.typeName()) {
      case "text", "varchar", "bpchar", "name", "citext" -> true;
      default -> false;
    };
  }

  private static boolean isInteger(String type) {
    return type.equals("int2") || type.equals("int4") || type.equals("int8");
  }

  private static String serverType(TargetColumn column) {
    String type = column.typeName();
    return switch (type) {
      case "serial" -> "int4";
      case "bigserial" -> "int8";
      case "smallserial" -> "int2";
      default -> type.indexOf('"') >= 0 ? type : '"' + type + '"';
    };
  }

  private static void quoted(StringBuilder out, String text) {
    out.append('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  /** PostgreSQL writes years before 1 with BC and does not take a sign before long years. */
  private static String date(LocalDate date) {
    int year = date.getYear();
    return "%04d-%02d-%02d%s"
        .formatted(
            year > 0 ? year : 1 - year,
            date.getMonthValue(),
            date.getDayOfMonth(),
            year > 0 ? "" : " BC");
  }

  private static void timestamp(StringBuilder out, LocalDateTime time) {
    int year = time.getYear();
    if (year < 1 || year > 9999) {
      String clock = time.toLocalTime().toString();
      String day = date(time.toLocalDate());
      boolean bc = day.endsWith(" BC");
      out.append('"').append(bc ? day.substring(0, day.length() - 3) : day).append(' ');
      out.append(clock).append(bc ? " BC\"" : "\"");
      return;
    }
    out.append('"');
    digits(out, year, 4);
    out.append('-');
    digits(out, time.getMonthValue(), 2);
    out.append('-');
    digits(out, time.getDayOfMonth(), 2);
    out.append(' ');
    digits(out, time.getHour(), 2);
    out.append(':');
    digits(out, time.getMinute(), 2);
    out.append(':');
    digits(out, time.getSecond(), 2);
    if (time.getNano() != 0) {
      out.append('.');
      digits(out, time.getNano() / 1000, 6);
    }
    out.append('"');
  }

  private static void digits(StringBuilder out, int value, int width) {
    int power = 1;
    for (int i = 1; i < width; i++) {
      power *= 10;
    }
    for (int rest = value; power > 0; power /= 10) {
      out.append((char) ('0' + rest / power));
      rest %= power;
    }
  }
}
