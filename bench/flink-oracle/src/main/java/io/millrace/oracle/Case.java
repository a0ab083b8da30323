package io.millrace.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A query and what it is run on.
 *
 * @param lateness milliseconds by stream, where they differ from the input's
 */
record Case(Path file, String input, Map<String, Long> lateness, String sql) {

  /**
   * Reads {@code name.sql}, or its query from {@code name.flink.sql} where Flink needs other words.
   * Header: {@code -- input: FILE}, optionally {@code -- lateness: STREAM=MS, STREAM=MS}.
   */
  static Case read(Path file) throws IOException {
    String input = null;
    Map<String, Long> lateness = new HashMap<>();
    StringBuilder sql = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("-- input: ")) {
        input = line.substring(10).strip();
      } else if (line.startsWith("-- lateness: ")) {
        for (String part : line.substring(13).split(",")) {
          String[] pair = part.strip().split("=");
          lateness.put(pair[0], Long.parseLong(pair[1]));
        }
      } else if (!line.startsWith("--")) {
        sql.append(line).append('\n');
      }
    }
    Path other = file.resolveSibling(file.getFileName().toString().replace(".sql", ".flink.sql"));
    String text = Files.exists(other) ? Files.readString(other) : sql.toString();
    if (input == null) {
      throw new IllegalArgumentException(file + " names no input");
    }
    return new Case(file, input, lateness, text.strip());
  }

  Path expected() {
    return file.resolveSibling(file.getFileName().toString().replace(".sql", ".expected"));
  }
}
