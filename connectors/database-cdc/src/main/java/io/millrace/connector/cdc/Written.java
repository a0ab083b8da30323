package io.millrace.connector.cdc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * How far into a transaction of the database changes are written: so many of each table. It does
 * not depend on positions inside the transaction, which MariaDB does not give for each of its
 * events, nor on which other tables are captured. Immutable.
 *
 * @param transaction identifies the transaction
 * @param earlier the numbers of the tables before the last one
 * @param table of the last change
 * @param count its changes
 */
record Written(String transaction, Map<String, Integer> earlier, String table, int count) {

  private static final String SEPARATOR = "&";

  /** With one more change. */
  static Written next(Written before, String transaction, String table) {
    if (before == null || !before.transaction.equals(transaction)) {
      return new Written(transaction, Map.of(), table, 1);
    }
    if (before.table.equals(table)) {
      return new Written(transaction, before.earlier, table, before.count + 1);
    }
    Map<String, Integer> others = new HashMap<>(before.earlier);
    others.put(before.table, before.count);
    Integer already = others.remove(table);
    return new Written(transaction, Map.copyOf(others), table, already == null ? 1 : already + 1);
  }

  /** Whether this has the last change of another, which counts the same transaction again. */
  boolean covers(Written again) {
    return transaction.equals(again.transaction) && again.count <= of(again.table);
  }

  private int of(String name) {
    return name.equals(table) ? count : earlier.getOrDefault(name, 0);
  }

  /** As it is kept with the source offset. */
  String text() {
    StringBuilder text = new StringBuilder(encode(transaction));
    append(text, table, count);
    earlier.forEach((name, number) -> append(text, name, number));
    return text.toString();
  }

  static Written parse(String text) {
    String[] parts = text.split(SEPARATOR);
    Map<String, Integer> earlier = new HashMap<>();
    for (int i = 2; i < parts.length; i++) {
      earlier.put(name(parts[i]), number(parts[i]));
    }
    return new Written(
        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
        Map.copyOf(earlier),
        name(parts[1]),
        number(parts[1]));
  }

  private static void append(StringBuilder text, String name, int number) {
    text.append(SEPARATOR).append(encode(name)).append('=').append(number);
  }

  private static String name(String part) {
    return URLDecoder.decode(part.substring(0, part.indexOf('=')), StandardCharsets.UTF_8);
  }

  private static int number(String part) {
    return Integer.parseInt(part.substring(part.indexOf('=') + 1));
  }

  private static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
