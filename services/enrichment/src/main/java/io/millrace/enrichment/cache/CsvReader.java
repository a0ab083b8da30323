package io.millrace.enrichment.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records as RFC 4180 has them: quoted values may hold the delimiter, line breaks and "" for
 * ".
 */
final class CsvReader {

  private final BufferedReader in;
  private final char delimiter;
  private final char quote;
  private long line;

  CsvReader(BufferedReader in, char delimiter, char quote) {
    this.quote = quote;
    this.in = in;
    this.delimiter = delimiter;
  }

  /** The line on which the last record ended, from 1. */
  long line() {
    return line;
  }

  /** The values of the next record that is not blank; null at the end. */
  List<String> next() throws IOException {
    String text = in.readLine();
    line++;
    while (text != null && text.isBlank()) {
      text = in.readLine();
      line++;
    }
    if (text == null) {
      return null;
    }
    if (line == 1 && text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    int i = 0;
    while (true) {
      if (i == text.length()) {
        String more = quoted ? in.readLine() : null;
        if (more == null) {
          values.add(value.toString());
          return values;
        }
        line++;
        value.append('\n');
        text = more;
        i = 0;
        continue;
      }
      char c = text.charAt(i++);
      if (quoted) {
        if (c != quote) {
          value.append(c);
        } else if (i < text.length() && text.charAt(i) == quote) {
          value.append(quote);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == quote && value.isEmpty()) {
        quoted = true;
      } else if (c == delimiter) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
  }
}
