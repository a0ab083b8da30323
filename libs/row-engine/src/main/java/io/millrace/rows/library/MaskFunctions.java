package io.millrace.rows.library;

import java.util.Locale;

/** Masking. What is neither letter nor digit stays, so that the form of a value can be seen. */
public final class MaskFunctions {
  private static final int CARD_DIGITS = 4;
  private static final int PHONE_DIGITS = 3;

  private MaskFunctions() {}

  @Function("MASK")
  public static String mask(String text) {
    return mask(text, 0, 0);
  }

  @Function("MASK")
  public static String mask(String text, int first) {
    return mask(text, first, 0);
  }

  @Function("MASK")
  public static String mask(String text, int first, int last) {
    if (first < 0 || last < 0) {
      throw RowException.badArgument("a negative number of characters left in the clear");
    }
    int length = text.codePointCount(0, text.length());
    boolean all = (long) first + last > length / 2;
    StringBuilder out = new StringBuilder(text.length());
    int position = 0;
    for (int i = 0; i < text.length(); position++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean clear = !all && (position < first || position >= length - last);
      out.appendCodePoint(clear || !Character.isLetterOrDigit(c) ? c : '*');
    }
    return out.toString();
  }

  @Function("MASK_CARD")
  public static String maskCard(String number) {
    return digits(number, CARD_DIGITS);
  }

  @Function("MASK_CARD")
  public static String maskCard(String number, String mode) {
    return digits(number, full(mode) ? 0 : CARD_DIGITS);
  }

  @Function("MASK_PHONE")
  public static String maskPhone(String number) {
    return digits(number, PHONE_DIGITS);
  }

  @Function("MASK_PHONE")
  public static String maskPhone(String number, String mode) {
    return digits(number, full(mode) ? 0 : PHONE_DIGITS);
  }

  @Function("MASK_EMAIL")
  public static String maskEmail(String address) {
    return email(address, false);
  }

  @Function("MASK_EMAIL")
  public static String maskEmail(String address, String mode) {
    return email(address, full(mode));
  }

  private static String email(String address, boolean full) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      return mask(address);
    }
    if (full) {
      return "***@***";
    }
    // A name of one letter would be given away by its first.
    int shown = at < 2 ? 0 : Character.charCount(address.codePointAt(0));
    return address.substring(0, shown) + "***" + address.substring(at);
  }

  /** Everything but the last digits; too short a number keeps none. */
  private static String digits(String number, int shown) {
    int size = 0;
    for (int i = 0; i < number.length(); i++) {
      size += Character.isLetterOrDigit(number.charAt(i)) ? 1 : 0;
    }
    int hidden = size >= 2 * shown ? size - shown : size;
    StringBuilder out = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      out.append(Character.isLetterOrDigit(c) && hidden-- > 0 ? '*' : c);
    }
    return out.toString();
  }

  private static boolean full(String mode) {
    return switch (mode.toUpperCase(Locale.ROOT)) {
      case "FULL" -> true;
      case "PARTIAL" -> false;
      default ->
          throw RowException.badArgument(
              RowException.quote(mode) + " is no way to mask: 'FULL' or 'PARTIAL'");
    };
  }
}
