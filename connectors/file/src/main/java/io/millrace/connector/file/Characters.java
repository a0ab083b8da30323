package io.millrace.connector.file;

import java.util.Locale;

/** Options that are one character. */
public final class Characters {

  private Characters() {}

  /**
   * The character; {@code \t}, {@code tab}, {@code pipe}, {@code semicolon}, {@code comma} and
   * {@code space} are taken as well.
   */
  public static char one(String option, String text) {
    if (text.length() == 1) {
      return text.charAt(0);
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "\\t", "tab" -> '\t';
      case "pipe" -> '|';
      case "semicolon" -> ';';
      case "comma" -> ',';
      case "space" -> ' ';
      default ->
          throw FileErrorCode.INVALID_OPTION.exception(
              "option %s takes one character, not '%s'".formatted(option, text));
    };
  }
}
