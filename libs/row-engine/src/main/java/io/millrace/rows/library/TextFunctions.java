package io.millrace.rows.library;

import java.util.Locale;

/** Functions of texts. Positions and lengths count characters (code points). */
public final class TextFunctions {

  private TextFunctions() {}

  @Function("UPPER")
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @Function("LOWER")
  public static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Function("||")
  public static String concat(String a, String b) {
    return a.concat(b);
  }
}
