package io.millrace.cep.epl;

import java.util.ArrayList;
import java.util.List;

/** Takes Esper's paths of properties apart: {@code a.b[0].c('k')?}. */
final class Paths {

  private Paths() {}

  /** The parts between the dots, without indexes and quotes; what is in round brackets stays. */
  static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int brackets = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\'' || c == '"') {
        int end = path.indexOf(c, i + 1);
        i = end < 0 ? path.length() : end;
      } else if (c == '(' || c == '[') {
        brackets++;
        if (c == '(') {
          part.append(c);
        }
      } else if (c == ')' || c == ']') {
        brackets--;
      } else if (c == '.' && brackets == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else if (brackets == 0 && c != '?' && c != '`' && c != '\\') {
        part.append(c);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }
}
