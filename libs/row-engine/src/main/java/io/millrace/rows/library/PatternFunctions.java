package io.millrace.rows.library;

import com.google.re2j.Matcher;

/** LIKE, SIMILAR TO and regular expressions. */
public final class PatternFunctions {

  private PatternFunctions() {}

  @Function("LIKE")
  public static boolean like(String text, LikePattern pattern) {
    return pattern.matches(text);
  }

  @Function("LIKE")
  public static boolean like(String text, String pattern, String escape) {
    return LikePattern.of(pattern, escape).matches(text);
  }

  @Function("SIMILAR TO")
  public static boolean similar(String text, SimilarPattern pattern) {
    return pattern.matches(text);
  }

  @Function("SIMILAR TO")
  public static boolean similar(String text, String pattern, String escape) {
    return SimilarPattern.of(pattern, escape).matches(text);
  }

  @Function("REGEXP_LIKE")
  public static boolean regexpLike(String text, Regex pattern) {
    return pattern.pattern.matcher(text).find();
  }

  @Function("REGEXP_REPLACE")
  public static String regexpReplace(String text, Regex pattern, String replacement) {
    Matcher matcher = pattern.pattern.matcher(text);
    try {
      return matcher.replaceAll(replacement);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw RowException.badArgument(
          RowException.quote(replacement) + " names a group that the pattern does not have");
    }
  }

  @Function("REGEXP_EXTRACT")
  public static String regexpExtract(String text, Regex pattern) {
    return regexpExtract(text, pattern, 0);
  }

  @Function("REGEXP_EXTRACT")
  public static String regexpExtract(String text, Regex pattern, int group) {
    Matcher matcher = pattern.pattern.matcher(text);
    if (group < 0 || group > matcher.groupCount()) {
      throw RowException.badArgument("the pattern has no group " + group);
    }
    return matcher.find() ? matcher.group(group) : null;
  }

  @Function("REGEXP_COUNT")
  public static int regexpCount(String text, Regex pattern) {
    Matcher matcher = pattern.pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
