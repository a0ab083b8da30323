package io.millrace.rows.library;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A regular expression of RE2, which takes linear time whatever the pattern and the text. */
public final class Regex implements Prepared {
  private static final int LONGEST = 10_000;
  private static final Cache<Regex> CACHE = new Cache<>(Regex::new);

  final Pattern pattern;

  private Regex(String text) {
    if (text.length() > LONGEST) {
      throw RowException.badArgument("a regular expression of more than 10000 characters");
    }
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw RowException.badArgument(
          RowException.quote(text)
              + " is no regular expression ("
              + e.getDescription()
              + "; back references and look-around are not part of RE2)");
    }
  }

  public static Regex of(String text) {
    return CACHE.get(text);
  }
}
