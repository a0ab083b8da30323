package io.millrace.cep.conformance;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows as texts by column; the same value has the same text whatever its type: numbers without
 * zeros at the end, texts in quotes.
 *
 * @param rows in the order in which they came
 */
record Result(List<Column> columns, List<List<String>> rows) {

  /**
   * A column.
   *
   * @param floating whether its numbers come from floating-point arithmetic, which may do its steps
   *     in another order; all others have to be the same to the last digit
   */
  record Column(String name, boolean floating) {
    static Column parse(String text) {
      String[] words = text.split(" ", 2);
      return new Column(words[0], words[1].startsWith("DOUBLE") || words[1].startsWith("FLOAT"));
    }
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
  private static final double TOLERANCE = 1e-9;

  static Result parse(List<String> lines) {
    List<Column> columns = new ArrayList<>();
    for (String column : lines.get(0).substring(2).split(", (?=\\w+ [A-Z])")) {
      columns.add(Column.parse(column));
    }
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      rows.add(List.of(line.split("\t", -1)).stream().map(Result::number).toList());
    }
    return new Result(columns, rows);
  }

  static Result of(RowType type, List<Object[]> rows) {
    List<List<String>> texts = new ArrayList<>();
    for (Object[] row : rows) {
      List<String> text = new ArrayList<>();
      for (int i = 0; i < row.length; i++) {
        text.add(text(type.field(i).type(), row[i]));
      }
      texts.add(text);
    }
    return new Result(
        type.fields().stream()
            .map(field -> Column.parse(field.name() + " " + field.type().sql()))
            .toList(),
        texts);
  }

  private static String text(DataType type, Object value) {
    if (value == null) {
      return "NULL";
    }
    if (type.equals(DataType.TIMESTAMP)) {
      long micros = (Long) value;
      String millis =
          TIME.format(
              LocalDateTime.ofEpochSecond(
                  Math.floorDiv(micros, 1_000_000L),
                  (int) Math.floorMod(micros, 1_000_000L) * 1000,
                  ZoneOffset.UTC));
      return micros % 1000 == 0 ? millis : millis + " and " + micros % 1000 + " µs";
    }
    if (type.equals(DataType.DATE)) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    if (value instanceof String string) {
      return '"'
          + string
              .replace("\\", "\\\\")
              .replace("\"", "\\\"")
              .replace("\n", "\\n")
              .replace("\t", "\\t")
          + '"';
    }
    return number(value.toString());
  }

  private static String number(String text) {
    if (text.isEmpty() || "-0123456789".indexOf(text.charAt(0)) < 0 || text.matches(".*[: ].*")) {
      return text;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    } catch (NumberFormatException e) {
      return text; // a date
    }
  }

  /** What is in the one and not in the other, rows without their order; empty when nothing is. */
  static List<String> differences(Result expected, Result actual) {
    List<String> differences = new ArrayList<>();
    List<List<String>> left = new ArrayList<>(actual.rows);
    Map<List<String>, Integer> exact = new LinkedHashMap<>();
    left.forEach(row -> exact.merge(row, 1, Integer::sum));
    List<List<String>> missing = new ArrayList<>();
    for (List<String> row : expected.rows) {
      if (exact.merge(row, -1, Integer::sum) < 0) {
        missing.add(row);
        exact.put(row, 0);
      }
    }
    List<List<String>> extra = new ArrayList<>();
    exact.forEach((row, count) -> {
      for (int i = 0; i < count; i++) {
        extra.add(row);
      }
    });
    for (List<String> row : missing) {
      List<String> near =
          extra.stream()
              .filter(candidate -> expected.near(row, candidate))
              .findFirst()
              .orElse(null);
      if (near == null) {
        differences.add("missing " + String.join(" | ", row));
      } else {
        extra.remove(near);
      }
    }
    extra.forEach(row -> differences.add("extra   " + String.join(" | ", row)));
    return differences;
  }

  /**
   * The same where rows replace earlier ones: for each key the sequence of its rows, where a row
   * that repeats the one before says nothing new.
   */
  static List<String> differencesOfUpdates(Result expected, Result actual, List<String> key) {
    Map<String, List<List<String>>> wanted = expected.byKey(key);
    Map<String, List<List<String>>> given = actual.byKey(key);
    List<String> differences = new ArrayList<>();
    wanted.forEach((name, rows) -> {
      List<List<String>> others = given.getOrDefault(name, List.of());
      for (int i = 0; i < Math.max(rows.size(), others.size()); i++) {
        List<String> row = i < rows.size() ? rows.get(i) : List.of("nothing");
        List<String> other = i < others.size() ? others.get(i) : List.of("nothing");
        if (!expected.near(row, other)) {
          differences.add(
              "update %d of %s: expected %s, was %s".formatted(i + 1, name, row, other));
          break;
        }
      }
    });
    given.keySet().stream()
        .filter(name -> !wanted.containsKey(name))
        .forEach(name -> differences.add("extra key " + name));
    return differences;
  }

  private Map<String, List<List<String>>> byKey(List<String> key) {
    List<String> names =
        columns.stream().map(column -> column.name().toLowerCase(Locale.ROOT)).toList();
    int[] indexes = key.stream().mapToInt(names::indexOf).toArray();
    Map<String, List<List<String>>> byKey = new TreeMap<>();
    for (List<String> row : rows) {
      StringBuilder name = new StringBuilder();
      for (int index : indexes) {
        name.append(row.get(index)).append(' ');
      }
      List<List<String>> list =
          byKey.computeIfAbsent(name.toString(), ignored -> new ArrayList<>());
      if (list.isEmpty() || !near(list.getLast(), row)) {
        list.add(row);
      }
    }
    return byKey;
  }

  private boolean near(List<String> one, List<String> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      boolean same =
          one.get(i).equals(other.get(i))
              || (columns.get(i).floating() && near(one.get(i), other.get(i)));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean near(String one, String other) {
    try {
      double a = Double.parseDouble(one);
      double b = Double.parseDouble(other);
      return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
