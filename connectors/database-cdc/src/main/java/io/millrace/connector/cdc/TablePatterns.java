package io.millrace.connector.cdc;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The option {@code tables}: names such as {@code shop.stock}, in which {@code *} stands for any
 * characters but a dot. Case does not matter.
 */
final class TablePatterns {

  private final List<String> names;
  private final List<Pattern> patterns;

  TablePatterns(List<String> names) {
    this.names = List.copyOf(names);
    this.patterns =
        names.stream().map(n -> Pattern.compile(regex(n), Pattern.CASE_INSENSITIVE)).toList();
  }

  /** The names without a {@code *}, each of which has to exist. */
  List<String> exact() {
    return names.stream().filter(n -> n.indexOf('*') < 0).toList();
  }

  /** All names and patterns as they were given. */
  List<String> all() {
    return names;
  }

  boolean matches(String table) {
    return patterns.stream().anyMatch(p -> p.matcher(table).matches());
  }

  /** What stands before the dots: the databases, or schemas; lower case, patterns left out. */
  List<String> containers() {
    return names.stream()
        .filter(n -> n.indexOf('.') > 0)
        .map(n -> n.substring(0, n.indexOf('.')))
        .filter(n -> n.indexOf('*') < 0)
        .map(n -> n.toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  /** The patterns as Debezium's include lists take them. */
  static String includeList(List<String> names) {
    return names.stream().map(TablePatterns::regex).collect(Collectors.joining(","));
  }

  private static String regex(String name) {
    StringBuilder regex = new StringBuilder();
    for (char c : name.strip().toCharArray()) {
      if (c == '*') {
        regex.append("[^.]*");
      } else if (Character.isLetterOrDigit(c) || c == '_') {
        regex.append(c);
      } else {
        regex.append("\\x").append("%02x".formatted((int) c));
      }
    }
    return regex.toString();
  }
}
