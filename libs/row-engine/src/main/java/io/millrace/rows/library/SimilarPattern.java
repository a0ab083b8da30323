package io.millrace.rows.library;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** A pattern of SIMILAR TO. */
public final class SimilarPattern implements Prepared {
  private static final Cache<SimilarPattern> CACHE = new Cache<>(SimilarPattern::new);

  private final Pattern pattern;

  private SimilarPattern(String text) {
    this(text, '\\');
  }

  private SimilarPattern(String text, char escape) {
    try {
      pattern = Pattern.compile(translate(text, escape), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw RowException.badArgument(RowException.quote(text) + " is no pattern of SIMILAR TO");
    }
  }

  public static SimilarPattern of(String text) {
    return CACHE.get(text);
  }

  static SimilarPattern of(String text, String escape) {
    return new SimilarPattern(text, LikePattern.escape(escape));
  }

  boolean matches(String text) {
    return pattern.matches(text);
  }

  private static String translate(String text, char escape) {
    StringBuilder regex = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == escape && i + 1 < text.length()) {
        regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
      } else if (inClass) {
        inClass = c != ']';
        regex.append(c == '\\' ? "\\\\" : String.valueOf(c));
      } else {
        inClass = c == '[';
        switch (c) {
          case '%' -> regex.append(".*");
          case '_' -> regex.append('.');
          case '.', '^', '$', '\\' -> regex.append('\\').append(c);
          default -> regex.append(c);
        }
      }
    }
    return regex.toString();
  }
}
