package io.millrace.rows.library;

/**
 * A pattern of LIKE. Texts are matched from left to right, going back to the last % only; that
 * takes at most the product of both lengths.
 */
public final class LikePattern implements Prepared {
  private static final int ANY_CHARACTERS = -1;
  private static final int ONE_CHARACTER = -2;
  private static final Cache<LikePattern> CACHE = new Cache<>(t -> new LikePattern(t, '\\'));
  private static final Cache<LikePattern> ESCAPED =
      new Cache<>(t -> new LikePattern(t.substring(1), t.charAt(0)));

  /** Code points, and the two wildcards. */
  private final int[] pattern;

  /** What stands before the first wildcard and after the last. */
  private final String prefix;

  private final String suffix;

  /** Only one %, and no _: prefix and suffix say it all. */
  private final boolean simple;

  private final boolean plain;

  private LikePattern(String text, char escape) {
    int[] points = new int[text.length()];
    int size = 0;
    int wild = 0;
    int first = -1;
    int last = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == escape) {
        if (i == text.length()) {
          throw RowException.badArgument(
              "the pattern " + RowException.quote(text) + " ends in its escape character");
        }
        c = text.codePointAt(i);
        i += Character.charCount(c);
      } else if (c == '%' || c == '_') {
        c = c == '%' ? ANY_CHARACTERS : ONE_CHARACTER;
        wild++;
        first = first < 0 ? size : first;
        last = size;
      }
      points[size++] = c;
    }
    pattern = java.util.Arrays.copyOf(points, size);
    plain = wild == 0;
    simple = wild == 1 && pattern[first] == ANY_CHARACTERS;
    prefix = plain ? new String(pattern, 0, size) : new String(pattern, 0, first);
    suffix = plain ? "" : new String(pattern, last + 1, size - last - 1);
  }

  public static LikePattern of(String text) {
    return CACHE.get(text);
  }

  static LikePattern of(String text, String escape) {
    return ESCAPED.get(escape(escape) + text);
  }

  static char escape(String text) {
    if (text.length() != 1) {
      throw RowException.badArgument(
          RowException.quote(text) + " is no escape character: it has to be one character");
    }
    return text.charAt(0);
  }

  boolean matches(String text) {
    if (plain) {
      return text.equals(prefix);
    }
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) {
      return false;
    }
    return simple ? text.length() >= prefix.length() + suffix.length() : scan(text);
  }

  private boolean scan(String text) {
    int t = 0;
    int p = 0;
    int retryPattern = -1;
    int retryText = 0;
    while (t < text.length()) {
      int c = text.codePointAt(t);
      if (p < pattern.length && pattern[p] == ANY_CHARACTERS) {
        retryPattern = ++p;
        retryText = t;
      } else if (p < pattern.length && (pattern[p] == ONE_CHARACTER || pattern[p] == c)) {
        p++;
        t += Character.charCount(c);
      } else if (retryPattern >= 0) {
        p = retryPattern;
        retryText += Character.charCount(text.codePointAt(retryText));
        t = retryText;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == ANY_CHARACTERS) {
      p++;
    }
    return p == pattern.length;
  }
}
