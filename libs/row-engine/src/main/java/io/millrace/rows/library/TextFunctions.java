package io.millrace.rows.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Functions of texts. Positions and lengths count characters (code points). */
public final class TextFunctions {
  private static final int LONGEST = 1_000_000;

  private TextFunctions() {}

  @Function("UPPER")
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @Function("LOWER")
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Function("INITCAP")
  public static String initcap(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetterOrDigit(c);
    }
    return out.toString();
  }

  @Function("||")
  public static String join(String a, String b) {
    return a.concat(b);
  }

  @Function("||")
  public static byte[] join(byte[] a, byte[] b) {
    byte[] joined = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  @Function(value = "CONCAT", nulls = true, texts = true)
  public static String concat(String... parts) {
    StringBuilder out = new StringBuilder();
    for (String part : parts) {
      if (part != null) {
        out.append(part);
      }
    }
    return out.toString();
  }

  @Function(value = "CONCAT_WS", nulls = true, texts = true)
  public static String concatWs(String... separatorAndParts) {
    String separator = separatorAndParts[0];
    if (separator == null) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (int i = 1; i < separatorAndParts.length; i++) {
      if (separatorAndParts[i] != null) {
        out.append(first ? "" : separator).append(separatorAndParts[i]);
        first = false;
      }
    }
    return out.toString();
  }

  @Function("CHAR_LENGTH")
  public static int charLength(String text) {
    return text.codePointCount(0, text.length());
  }

  @Function("CHARACTER_LENGTH")
  public static int characterLength(String text) {
    return charLength(text);
  }

  @Function("LENGTH")
  public static int length(String text) {
    return charLength(text);
  }

  @Function("OCTET_LENGTH")
  public static int octetLength(String text) {
    return TextCasts.bytes(text).length;
  }

  @Function("OCTET_LENGTH")
  public static int octetLength(byte[] bytes) {
    return bytes.length;
  }

  @Function("REVERSE")
  public static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  @Function("REPEAT")
  public static String repeat(String text, int times) {
    limit((long) text.length() * times);
    return text.repeat(Math.max(0, times));
  }

  @Function("ASCII")
  public static int ascii(String text) {
    return text.isEmpty() ? 0 : text.codePointAt(0);
  }

  @Function("CHR")
  public static String chr(int code) {
    if (code <= 0 || !Character.isValidCodePoint(code) || (code >= 0xD800 && code <= 0xDFFF)) {
      throw RowException.badArgument(code + " is no character");
    }
    return Character.toString(code);
  }

  @Function("SUBSTRING")
  public static String substring(String text, int start) {
    return part(text, Math.max(0, start - 1L), LONG_ENOUGH);
  }

  private static final long LONG_ENOUGH = Integer.MAX_VALUE;

  @Function("SUBSTRING")
  public static String substring(String text, int start, int length) {
    if (length < 0) {
      throw RowException.badArgument("a part of " + length + " characters");
    }
    // A start before the text counts into the length, as the standard has it.
    long end = start - 1L + length;
    long from = Math.max(0, start - 1L);
    return end <= from ? "" : part(text, from, end - from);
  }

  @Function("SUBSTRING")
  public static byte[] substring(byte[] bytes, int start) {
    return substring(bytes, start, Integer.MAX_VALUE);
  }

  @Function("SUBSTRING")
  public static byte[] substring(byte[] bytes, int start, int length) {
    long from = Math.min(bytes.length, Math.max(0, start - 1L));
    long end = Math.min(bytes.length, Math.max(from, start - 1L + Math.max(0, length)));
    return java.util.Arrays.copyOfRange(bytes, (int) from, (int) end);
  }

  /** Characters from a position, from 0. */
  private static String part(String text, long from, long length) {
    int begin = offset(text, 0, from);
    return text.substring(begin, offset(text, begin, length));
  }

  /** The index of the char that is so many characters behind another, or the end. */
  private static int offset(String text, int begin, long characters) {
    if (characters >= text.length() - begin) {
      return text.length();
    }
    int at = begin;
    for (long i = 0; i < characters && at < text.length(); i++) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  @Function("TRIM BOTH")
  public static String trim(String characters, String text) {
    return trimLeading(characters, trimTrailing(characters, text));
  }

  @Function("TRIM LEADING")
  public static String trimLeading(String characters, String text) {
    int from = 0;
    while (from < text.length() && characters.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    return text.substring(from);
  }

  @Function("TRIM TRAILING")
  public static String trimTrailing(String characters, String text) {
    int end = text.length();
    while (end > 0 && characters.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  @Function("LTRIM")
  public static String ltrim(String text) {
    return trimLeading(" ", text);
  }

  @Function("LTRIM")
  public static String ltrim(String text, String characters) {
    return trimLeading(characters, text);
  }

  @Function("RTRIM")
  public static String rtrim(String text) {
    return trimTrailing(" ", text);
  }

  @Function("RTRIM")
  public static String rtrim(String text, String characters) {
    return trimTrailing(characters, text);
  }

  @Function("POSITION")
  public static int position(String part, String text) {
    int at = text.indexOf(part);
    return at < 0 ? 0 : text.codePointCount(0, at) + 1;
  }

  @Function("POSITION")
  public static int position(String part, String text, int start) {
    if (start < 1) {
      return 0;
    }
    int at = text.indexOf(part, offset(text, 0, start - 1L));
    return at < 0 ? 0 : text.codePointCount(0, at) + 1;
  }

  @Function("OVERLAY")
  public static String overlay(String text, String other, int start) {
    return overlay(text, other, start, charLength(other));
  }

  @Function("OVERLAY")
  public static String overlay(String text, String other, int start, int length) {
    if (start < 1 || length < 0) {
      throw RowException.badArgument("replacing " + length + " characters from " + start + " on");
    }
    int begin = offset(text, 0, start - 1L);
    return text.substring(0, begin) + other + text.substring(offset(text, begin, length));
  }

  @Function("LEFT")
  public static String left(String text, int length) {
    return part(text, 0, length >= 0 ? length : Math.max(0L, (long) charLength(text) + length));
  }

  @Function("RIGHT")
  public static String right(String text, int length) {
    long skipped = length >= 0 ? Math.max(0L, charLength(text) - (long) length) : -(long) length;
    return part(text, skipped, LONG_ENOUGH);
  }

  @Function("LPAD")
  public static String lpad(String text, int length) {
    return lpad(text, length, " ");
  }

  @Function("LPAD")
  public static String lpad(String text, int length, String fill) {
    String padding = padding(text, length, fill);
    return padding == null ? left(text, Math.max(0, length)) : padding + text;
  }

  @Function("RPAD")
  public static String rpad(String text, int length) {
    return rpad(text, length, " ");
  }

  @Function("RPAD")
  public static String rpad(String text, int length, String fill) {
    String padding = padding(text, length, fill);
    return padding == null ? left(text, Math.max(0, length)) : text + padding;
  }

  /** What is missing to a length; null when nothing is. */
  private static String padding(String text, int length, String fill) {
    int missing = length - charLength(text);
    if (missing <= 0) {
      return null;
    }
    limit(length);
    if (fill.isEmpty()) {
      return "";
    }
    return left(fill.repeat(missing / charLength(fill) + 1), missing);
  }

  private static void limit(long length) {
    if (length > LONGEST) {
      throw RowException.badArgument("a text of " + length + " characters would be made");
    }
  }

  @Function("REPLACE")
  public static String replace(String text, String search, String replacement) {
    return search.isEmpty() ? text : text.replace(search, replacement);
  }

  @Function("SPLIT_PART")
  public static String splitPart(String text, String separator, int part) {
    if (part == 0) {
      throw RowException.badArgument("parts are counted from 1");
    }
    List<String> parts = parts(text, separator);
    int index = part > 0 ? part - 1 : parts.size() + part;
    return index < 0 || index >= parts.size() ? "" : parts.get(index);
  }

  @Function("SPLIT")
  public static List<String> split(String text, String separator) {
    return parts(text, separator);
  }

  private static List<String> parts(String text, String separator) {
    if (separator.isEmpty()) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  @Function("STARTS_WITH")
  public static boolean startsWith(String text, String part) {
    return text.startsWith(part);
  }

  @Function("ENDS_WITH")
  public static boolean endsWith(String text, String part) {
    return text.endsWith(part);
  }

  @Function("CONTAINS_TEXT")
  public static boolean containsText(String text, String part) {
    return text.contains(part);
  }
}
