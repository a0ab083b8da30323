package io.millrace.cep.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A case: {@code -- input: FILE}, {@code -- lateness: STREAM=MS} where it differs from the input's,
 * {@code -- updates: KEY, …} when results replace earlier ones of the same key, then the query.
 *
 * @param lateness milliseconds by stream
 * @param updates the columns of the key, or null when every row stands for itself
 */
record Statement(String input, Map<String, Long> lateness, List<String> updates, String sql) {

  static Statement parse(List<String> lines) {
    String input = "";
    Map<String, Long> lateness = new HashMap<>();
    List<String> updates = null;
    StringBuilder sql = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith("-- input:")) {
        input = line.substring(9).strip();
      } else if (line.startsWith("-- lateness:")) {
        for (String part : line.substring(12).split(",")) {
          String[] pair = part.strip().split("=");
          lateness.put(pair[0], Long.parseLong(pair[1]));
        }
      } else if (line.startsWith("-- updates:")) {
        String keys = line.substring(11).strip();
        updates = keys.isEmpty() ? List.of() : List.of(keys.split(", "));
      } else {
        sql.append(line).append('\n');
      }
    }
    return new Statement(input, lateness, updates, sql.toString().strip());
  }
}
