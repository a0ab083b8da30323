package io.millrace.cep.epl;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A text, measured, without comments, its names written as they were declared, and divided into
 * statements. Esper tells upper case from lower in names and the rest of Millrace does not, so
 * names of streams and columns are replaced in place: that never moves a position.
 */
final class EplText {

  private final Problems problems;
  private final EplLimits limits;
  private final List<Statement> statements = new ArrayList<>();

  private EplText(Problems problems, EplLimits limits) {
    this.problems = problems;
    this.limits = limits;
  }

  static EplText read(
      String text, Map<String, RowType> streams, EplLimits limits, Problems problems)
      throws EplException {
    EplText result = new EplText(problems, limits);
    if (text.length() > limits.textLength()) {
      problems.at(
          limits.textLength(),
          limits.textLength() + 1,
          "the text has " + text.length() + " characters, " + limits.textLength() + " are allowed");
      problems.check();
    }
    Scanner scanner = new Scanner(text, problems);
    List<Token> tokens = scanner.scan();
    result.measure(tokens);
    problems.check();
    StringBuilder plain = scanner.plain();
    declaredNames(tokens, plain, spellings(streams));
    result.divide(plain.toString(), tokens);
    if (result.statements.isEmpty()) {
      problems.at(0, 1, "the text is empty: write a select");
    }
    problems.check();
    return result;
  }

  List<Statement> statements() {
    return statements;
  }

  private void measure(List<Token> tokens) {
    if (tokens.size() > limits.tokens()) {
      Token token = tokens.get(limits.tokens());
      problems.at(
          token.start(),
          token.end(),
          "the text has " + tokens.size() + " words, " + limits.tokens() + " are allowed");
    }
    int depth = 0;
    int prefixes = 0;
    for (Token token : tokens) {
      if (token.isSign('(')
          || token.isSign('[')
          || token.isSign('{')
          || token.text().equalsIgnoreCase("case")) {
        depth++;
      } else if (token.isSign(')')
          || token.isSign(']')
          || token.isSign('}')
          || token.text().equalsIgnoreCase("end")) {
        depth--;
      }
      prefixes = isPrefix(token) ? prefixes + 1 : 0;
      if (depth > limits.nesting() || prefixes > limits.nesting()) {
        problems.at(
            token.start(),
            token.end(),
            "nested too deeply: " + limits.nesting() + " levels are allowed");
        return;
      }
    }
  }

  /** Words and signs that can be heaped up in front of something without any bracket. */
  private static boolean isPrefix(Token token) {
    return switch (token.text().toLowerCase(Locale.ROOT)) {
      case "not", "every", "case", "when", "new", "-", "+", "." -> true;
      default -> false;
    };
  }

  /** The declared spelling of every name, by the name in lower case. */
  private static Map<String, String> spellings(Map<String, RowType> streams) {
    Map<String, String> spellings = new HashMap<>();
    Set<String> twice = new HashSet<>();
    streams.forEach((name, row) -> {
      for (String part : name.split("\\.", -1)) {
        spelling(part, spellings, twice);
      }
      columns(row, spellings, twice);
    });
    // Names that differ in case alone have to be written as declared.
    twice.forEach(spellings::remove);
    return spellings;
  }

  private static void columns(RowType row, Map<String, String> spellings, Set<String> twice) {
    for (Field field : row.fields()) {
      spelling(field.name(), spellings, twice);
      if (field.type() instanceof DataType.Row nested) {
        columns(nested.row(), spellings, twice);
      }
    }
  }

  private static void spelling(String name, Map<String, String> spellings, Set<String> twice) {
    String lower = name.toLowerCase(Locale.ROOT);
    String before = spellings.put(lower, name);
    if (lower.length() != name.length() || (before != null && !before.equals(name))) {
      twice.add(lower);
    }
  }

  private static void declaredNames(
      List<Token> tokens, StringBuilder plain, Map<String, String> spellings) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if ((token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED_WORD)
          || isCalled(tokens, i)) {
        continue;
      }
      String spelling = spellings.get(token.word().toLowerCase(Locale.ROOT));
      if (spelling != null) {
        int shift = token.kind() == Token.Kind.QUOTED_WORD ? 1 : 0;
        plain.replace(token.start() + shift, token.end() - shift, spelling);
      }
    }
  }

  /** Whether a word is the name of a view, an observer, an annotation or a function. */
  private static boolean isCalled(List<Token> tokens, int i) {
    if (i > 0) {
      Token before = tokens.get(i - 1);
      if (before.isSign('#') || before.isSign('@') || before.isSign(':')) {
        return true;
      }
      if (before.isSign('.') && i + 1 < tokens.size() && tokens.get(i + 1).isSign('(')) {
        return true;
      }
    }
    return i + 1 < tokens.size() && tokens.get(i + 1).isSign(':');
  }

  private void divide(String plain, List<Token> tokens) {
    List<Token> own = new ArrayList<>();
    for (Token token : tokens) {
      if (token.isSign(';')) {
        statement(plain, own, token.start());
        own = new ArrayList<>();
      } else {
        own.add(token);
      }
    }
    statement(plain, own, plain.length());
  }

  private void statement(String plain, List<Token> tokens, int end) {
    if (tokens.isEmpty()) {
      return;
    }
    int start = tokens.getFirst().start();
    StringBuilder epl = new StringBuilder(end);
    for (int i = 0; i < start; i++) {
      char c = plain.charAt(i);
      epl.append(c == '\n' || c == '\r' ? c : ' ');
    }
    epl.append(plain, start, end);
    statements.add(new Statement(start, end, epl.toString(), List.copyOf(tokens)));
  }
}
