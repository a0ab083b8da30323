package io.millrace.rows.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** LIKE against a regular expression, on random texts of few letters and with a fixed seed. */
class LikePatternTest {
  private final Random random = new Random(7);

  private String text(String letters, int longest) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.toString();
  }

  @Test
  void matchesWhatTheRegularExpressionMatches() {
    for (int i = 0; i < 100_000; i++) {
      String pattern = text("ab%_", 7);
      String text = text("ab", 9);
      boolean expected = Pattern.matches(pattern.replace("%", ".*").replace("_", "."), text);
      assertThat(LikePattern.of(pattern).matches(text))
          .as("'%s' LIKE '%s'", text, pattern)
          .isEqualTo(expected);
    }
  }
}
