package io.millrace.flow.parser;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says what the parser did not like, in words for people. */
final class SyntaxReport {

  private static final int SHORT_LIST = 12;
  private static final Pattern LEXICAL =
      Pattern.compile("Lexical error at line (\\d+), column (\\d+)\\.");

  private final Diagnostics diagnostics;
  private final FlowParserImpl parser;

  SyntaxReport(Diagnostics diagnostics, FlowParserImpl parser) {
    this.diagnostics = diagnostics;
    this.parser = parser;
  }

  /**
   * @param whole the statement's place, for what has no place of its own
   */
  void report(Throwable error, SqlParserPos whole) {
    switch (error) {
      case ParseException e when e.currentToken != null -> unexpected(e, whole);
      case TokenMgrError e -> lexical(e, whole);
      case SyntaxError e ->
          diagnostics.add(
              Diagnostic.Severity.ERROR, Code.SYNTAX, e.pos(), e.getMessage(), e.expected(), null);
      case CalciteContextException e -> {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        diagnostics.error(
            Code.SYNTAX,
            new SqlParserPos(
                e.getPosLine(), e.getPosColumn(), e.getEndPosLine(), e.getEndPosColumn()),
            String.valueOf(cause.getMessage()));
      }
      case StackOverflowError e ->
          diagnostics.error(Code.TOO_LARGE, whole, "the statement is nested too deeply; divide it");
      default ->
          diagnostics.error(Code.SYNTAX, whole, "the statement cannot be read: " + message(error));
    }
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  private void lexical(TokenMgrError e, SqlParserPos whole) {
    Matcher matcher = LEXICAL.matcher(String.valueOf(e.getMessage()));
    if (!matcher.find()) {
      diagnostics.error(Code.SYNTAX, whole, "the statement cannot be read: " + message(e));
      return;
    }
    int line = Integer.parseInt(matcher.group(1));
    int column = Integer.parseInt(matcher.group(2));
    SqlParserPos pos = new SqlParserPos(line, column, line, column);
    String character = diagnostics.script().text(pos);
    diagnostics.error(
        Code.SYNTAX,
        pos,
        character.isBlank()
            ? "a character that cannot be seen is no part of the language"
            : "the character " + character + " is no part of the language here");
  }

  private void unexpected(ParseException e, SqlParserPos whole) {
    Token before = e.currentToken;
    Token found = before.next;
    boolean atEnd = found.kind == FlowParserImplConstants.EOF;
    SqlParserPos pos =
        atEnd
            ? new SqlParserPos(
                whole.getEndLineNum(),
                whole.getEndColumnNum(),
                whole.getEndLineNum(),
                whole.getEndColumnNum())
            : WrittenNames.position(found);
    Set<String> words = new TreeSet<>();
    Set<String> expected = expected(e, words);
    String meant = atEnd ? null : NearNames.nearest(found.image, words);
    if (meant == null && before.kind == FlowParserImplConstants.IDENTIFIER) {
      // "SELECT a FORM b": the parser stumbles one word after the misspelt one.
      String earlier = NearNames.nearest(before.image, reserved(words));
      if (earlier != null && !earlier.equalsIgnoreCase(before.image)) {
        diagnostics.add(
            Diagnostic.Severity.ERROR,
            Code.SYNTAX,
            WrittenNames.position(before),
            "unexpected " + before.image,
            List.of(earlier),
            earlier);
        return;
      }
    }
    StringBuilder message =
        new StringBuilder(atEnd ? "the statement ends too early" : "unexpected " + found.image);
    if (isReserved(found) && expected.contains("a name")) {
      message
          .append("; it is a reserved word, as a name it has to be quoted: \"")
          .append(found.image)
          .append('"');
      meant = '"' + found.image + '"';
    } else if (!expected.isEmpty()) {
      message.append("; expected ").append(String.join(", ", expected));
    }
    diagnostics.add(
        Diagnostic.Severity.ERROR, Code.SYNTAX, pos, message.toString(), expected, meant);
  }

  private Set<String> reserved(Set<String> words) {
    Set<String> reserved = new TreeSet<>(words);
    reserved.removeIf(w -> !parser.getMetadata().isReservedWord(w));
    return reserved;
  }

  private boolean isReserved(Token token) {
    return parser.getMetadata().isReservedWord(token.image.toUpperCase(Locale.ROOT));
  }

  /** What could have stood there, summed up when it is much. */
  private Set<String> expected(ParseException e, Set<String> words) {
    boolean name = false;
    boolean string = false;
    boolean number = false;
    boolean expression = false;
    List<String> signs = new ArrayList<>();
    for (int[] sequence :
        e.expectedTokenSequences == null ? new int[0][] : e.expectedTokenSequences) {
      if (sequence.length == 0) {
        continue;
      }
      String image = e.tokenImage[sequence[0]];
      switch (image) {
        case "<IDENTIFIER>" -> name = true;
        case "<QUOTED_STRING>" -> string = true;
        case "<UNSIGNED_INTEGER_LITERAL>" -> number = true;
        case "\"CASE\"" -> expression = true;
        default -> {}
      }
      if (image.startsWith("\"") && image.length() > 2) {
        String bare = image.substring(1, image.length() - 1);
        (Character.isLetter(bare.charAt(0)) ? words : signs).add(bare);
      }
    }
    Set<String> expected = new TreeSet<>();
    boolean anyName = name;
    if (expression) {
      expected.add("an expression");
    } else {
      if (name) {
        expected.add("a name");
      }
      if (string) {
        expected.add("a string");
      }
      if (number) {
        expected.add("a number");
      }
      words.stream()
          .filter(w -> !anyName || parser.getMetadata().isReservedWord(w))
          .forEach(expected::add);
      expected.addAll(signs);
    }
    return expected.size() > SHORT_LIST ? Set.of() : expected;
  }
}
