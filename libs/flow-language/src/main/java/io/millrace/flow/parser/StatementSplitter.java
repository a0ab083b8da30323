package io.millrace.flow.parser;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic.Severity;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.ScriptText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a script at the semicolons that end statements, so that a faulty statement hides no other.
 * Knows strings, quoted names, comments and {@code $$} texts; one that is not closed is reported
 * and taken to end with its line.
 */
final class StatementSplitter {

  static final int DEEPEST = 60;

  /** The parser's time grows with the square of a statement's words. */
  static final int MOST_CHARACTERS = 60_000;

  /** A string that runs over the end of a statement into the next was meant to end earlier. */
  private static final Pattern RUNS_INTO_NEXT_STATEMENT =
      Pattern.compile(";[ \\t]*\\R\\s*(CREATE|INSERT|END)\\s", Pattern.CASE_INSENSITIVE);

  /** The words that begin a statement and can stand nowhere else at the beginning of a line. */
  private static final Pattern STATEMENT =
      Pattern.compile("(CREATE\\s+\\p{L}|INSERT\\s+INTO\\s)", Pattern.CASE_INSENSITIVE);

  private final ScriptText script;
  private final String text;
  private final Diagnostics diagnostics;
  private final List<Piece> pieces = new ArrayList<>();
  private int start = -1;
  private int end;
  private int depth;
  private int characters;
  private boolean broken;

  /** A statement's text, from its first character that is no blank to before its semicolon. */
  record Piece(int from, int to, boolean broken) {}

  StatementSplitter(ScriptText script, Diagnostics diagnostics) {
    this.script = script;
    this.text = script.text();
    this.diagnostics = diagnostics;
  }

  List<Piece> split() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ';') {
        finish();
        i++;
      } else if (c == '\'') {
        i = literal(i, closingQuote(i), "string", "'");
      } else if (c == '"') {
        i = literal(i, closingDoubleQuote(i), "quoted name", "\"");
      } else if (text.startsWith("--", i) || text.startsWith("//", i)) {
        i = script.endOfLine(i);
      } else if (text.startsWith("/*", i)) {
        i = comment(i);
      } else if (text.startsWith("$$", i) && !partOfName(i)) {
        int closing = text.indexOf("$$", i + 2);
        i = literal(i, closing < 0 ? -1 : closing + 2, "text", "$$");
      } else {
        if (!Character.isWhitespace(c)) {
          if (start >= 0 && beginsStatement(i)) {
            missingSemicolon(i);
          }
          take(i, i + 1);
          nest(c, i);
          count(i);
        }
        i++;
      }
    }
    finish();
    return pieces;
  }

  private boolean partOfName(int at) {
    return at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1));
  }

  private boolean beginsStatement(int at) {
    if (Character.toUpperCase(text.charAt(at)) != 'C'
        && Character.toUpperCase(text.charAt(at)) != 'I') {
      return false;
    }
    int before = at;
    while (before > 0 && (text.charAt(before - 1) == ' ' || text.charAt(before - 1) == '\t')) {
      before--;
    }
    boolean firstOfLine =
        before == 0 || text.charAt(before - 1) == '\n' || text.charAt(before - 1) == '\r';
    return firstOfLine && STATEMENT.matcher(text).region(at, text.length()).lookingAt();
  }

  /** A statement begins where another should have ended: both are read by themselves. */
  private void missingSemicolon(int at) {
    int wordEnd = at;
    while (wordEnd < text.length() && Character.isLetter(text.charAt(wordEnd))) {
      wordEnd++;
    }
    String word = text.substring(at, wordEnd);
    diagnostics.add(
        Severity.ERROR,
        Code.SYNTAX,
        script.position(at, wordEnd),
        "a semicolon is missing before " + word,
        List.of(";"),
        "; " + word);
    finish();
  }

  private void take(int from, int to) {
    if (start < 0) {
      start = from;
    }
    end = to;
  }

  private void nest(char c, int at) {
    if (c == '(' || c == '[' || c == '{') {
      depth++;
      if (depth == DEEPEST + 1) {
        broken = true;
        diagnostics.error(
            Code.TOO_LARGE,
            script.position(at, at + 1),
            "brackets are nested more than " + DEEPEST + " deep; divide the statement");
      }
    } else if (c == ')' || c == ']' || c == '}') {
      depth--;
    }
  }

  /** Counts what is neither blank nor in a literal or comment. */
  private void count(int at) {
    characters++;
    if (characters == MOST_CHARACTERS + 1) {
      broken = true;
      diagnostics.error(
          Code.TOO_LARGE,
          script.position(at, at + 1),
          "a statement has at most " + MOST_CHARACTERS + " characters; divide it");
    }
  }

  private void finish() {
    if (start >= 0) {
      pieces.add(new Piece(start, end, broken));
    }
    start = -1;
    depth = 0;
    characters = 0;
    broken = false;
  }

  /**
   * @param after the offset behind the closing mark, or -1
   */
  private int literal(int at, int after, String what, String mark) {
    if (after >= 0) {
      take(at, after);
      return after;
    }
    int lineEnd = script.endOfLine(at);
    int stop = lineEnd;
    while (stop > at + 1
        && (Character.isWhitespace(text.charAt(stop - 1)) || text.charAt(stop - 1) == ';')) {
      stop--;
    }
    diagnostics.add(
        Severity.ERROR,
        Code.SYNTAX,
        script.position(at, stop),
        "this " + what + " is not closed; put " + mark + " where it ends",
        List.of(mark),
        null);
    take(at, stop);
    broken = true;
    return Math.max(stop, at + 1);
  }

  private int closingQuote(int at) {
    int i = at + 1;
    while (i < text.length()) {
      if (text.charAt(i) == '\'') {
        if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
          i += 2;
          continue;
        }
        return RUNS_INTO_NEXT_STATEMENT.matcher(text).region(at, i).find() ? -1 : i + 1;
      }
      i++;
    }
    return -1;
  }

  private int closingDoubleQuote(int at) {
    int i = at + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        return -1;
      }
      if (c == '"') {
        if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          i += 2;
          continue;
        }
        return i + 1;
      }
      i++;
    }
    return -1;
  }

  private int comment(int at) {
    int closing = text.indexOf("*/", at + 2);
    if (closing >= 0) {
      return closing + 2;
    }
    diagnostics.add(
        Severity.ERROR,
        Code.SYNTAX,
        script.position(at, at + 2),
        "this comment is not closed; put */ where it ends",
        List.of("*/"),
        null);
    broken = true;
    return script.endOfLine(at);
  }
}
