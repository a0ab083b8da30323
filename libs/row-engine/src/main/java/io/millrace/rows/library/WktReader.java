package io.millrace.rows.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads POLYGON and MULTIPOLYGON of well-known text (OGC Simple Features) into their rings; all
 * rings together, since whether a point is within an even or an odd number of them tells holes from
 * islands.
 */
final class WktReader {

  private static final int MOST_NUMBERS = 200_000;

  private final String text;
  private int position;
  private int numbers;

  private WktReader(String text) {
    this.text = text;
  }

  /** The rings, each as x, y, x, y and so on. */
  static List<double[]> rings(String text) {
    return new WktReader(text).read();
  }

  private List<double[]> read() {
    List<double[]> rings = new ArrayList<>();
    String shape = word();
    if (shape.equalsIgnoreCase("POLYGON")) {
      polygon(rings);
    } else if (shape.equalsIgnoreCase("MULTIPOLYGON")) {
      expect('(');
      do {
        polygon(rings);
      } while (more());
    } else {
      throw bad("POLYGON or MULTIPOLYGON is expected");
    }
    blanks();
    if (position < text.length()) {
      throw bad("there is more behind its end");
    }
    return rings;
  }

  private void polygon(List<double[]> rings) {
    expect('(');
    do {
      rings.add(ring());
    } while (more());
  }

  private double[] ring() {
    expect('(');
    double[] ring = new double[16];
    int size = 0;
    do {
      if (size + 2 > ring.length) {
        ring = Arrays.copyOf(ring, ring.length * 2);
      }
      ring[size++] = number();
      ring[size++] = number();
    } while (more());
    if (size < 6) {
      throw bad("a ring needs three points");
    }
    return Arrays.copyOf(ring, size);
  }

  /** Reads a comma, or the bracket that ends the list. */
  private boolean more() {
    blanks();
    if (position < text.length() && text.charAt(position) == ',') {
      position++;
      return true;
    }
    expect(')');
    return false;
  }

  private void expect(char wanted) {
    blanks();
    if (position >= text.length() || text.charAt(position) != wanted) {
      throw bad("'" + wanted + "' is expected");
    }
    position++;
  }

  private double number() {
    blanks();
    int start = position;
    while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (++numbers > MOST_NUMBERS) {
      throw bad("it has more than " + MOST_NUMBERS / 2 + " points");
    }
    try {
      return Double.parseDouble(text.substring(start, position));
    } catch (NumberFormatException e) {
      position = start;
      throw bad("a number is expected");
    }
  }

  private String word() {
    blanks();
    int start = position;
    while (position < text.length() && Character.isLetter(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private void blanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private RowException bad(String reason) {
    return RowException.badArgument(
        RowException.quote(text)
            + " is no polygon as 'POLYGON((x y, x y, x y))': "
            + reason
            + " at character "
            + (position + 1));
  }
}
