package io.millrace.oracle.nexmark;

import java.util.Random;

/** Random texts, numbers and prices of the Nexmark generator, drawn in its order. */
final class Words {
  private static final int SHORTEST = 3;

  private Words() {}

  /** A text of lower-case letters and some {@code special}, shorter than {@code longest}. */
  static String text(Random random, int longest, char special) {
    int length = SHORTEST + random.nextInt(longest - SHORTEST);
    StringBuilder text = new StringBuilder();
    while (length-- > 0) {
      text.append(random.nextInt(13) == 0 ? special : (char) ('a' + random.nextInt(26)));
    }
    return text.toString().trim();
  }

  static String text(Random random, int longest) {
    return text(random, longest, ' ');
  }

  /** What fills an event up to a size that is 80 to 120 % of {@code average}. */
  static String filler(Random random, int size, int average) {
    if (size > average) {
      return "";
    }
    int missing = average - size;
    int delta = (int) Math.round(missing * 0.2);
    int length = missing - delta + (delta == 0 ? 0 : random.nextInt(2 * delta));
    StringBuilder text = new StringBuilder(length);
    int bits = 0;
    int left = 0;
    while (length-- > 0) {
      if (left == 0) {
        bits = random.nextInt();
        left = 6; // log_26(2^31)
      }
      text.append((char) ('a' + bits % 26));
      bits /= 26;
      left--;
    }
    return text.toString();
  }

  /** A price in cents, 1 to 1,000,000 evenly spread over its logarithm. */
  static long price(Random random) {
    return Math.round(Math.pow(10.0, random.nextDouble() * 6.0) * 100.0);
  }

  static long number(Random random, long below) {
    return random.nextInt((int) below);
  }

  static <T> T oneOf(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
