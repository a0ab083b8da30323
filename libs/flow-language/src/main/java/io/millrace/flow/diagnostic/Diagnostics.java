package io.millrace.flow.diagnostic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Collects what there is to say about one script. Not thread-safe. */
public final class Diagnostics {

  private static final int SHORT_LIST = 16;

  private final ScriptText script;
  private final List<Diagnostic> list = new ArrayList<>();

  public Diagnostics(ScriptText script) {
    this.script = script;
  }

  public ScriptText script() {
    return script;
  }

  public void error(Code code, SqlParserPos pos, String message) {
    add(Diagnostic.Severity.ERROR, code, pos, message, List.of(), null);
  }

  public void error(Code code, SqlParserPos pos, String message, String suggestion) {
    add(Diagnostic.Severity.ERROR, code, pos, message, List.of(), suggestion);
  }

  public void warning(Code code, SqlParserPos pos, String message) {
    add(Diagnostic.Severity.WARNING, code, pos, message, List.of(), null);
  }

  public void info(Code code, SqlParserPos pos, String message) {
    add(Diagnostic.Severity.INFO, code, pos, message, List.of(), null);
  }

  /**
   * An error about a name that does not exist, with the near one among those that do, or else with
   * all of them when they are few.
   *
   * @param message a sentence with its full stop
   */
  public void unknown(
      Code code, SqlParserPos pos, String message, String given, Collection<String> known) {
    List<String> names = known.stream().distinct().sorted().toList();
    List<String> expected = names.size() > SHORT_LIST ? List.of() : names;
    String near = NearNames.nearest(given, known);
    String whole =
        near != null || expected.isEmpty()
            ? message
            : message
                + " It has to be "
                + (expected.size() == 1 ? "" : "one of ")
                + String.join(", ", expected)
                + ".";
    add(Diagnostic.Severity.ERROR, code, pos, whole, expected, near);
  }

  /** The general form. The same message at the same place is kept once. */
  public void add(
      Diagnostic.Severity severity,
      Code code,
      SqlParserPos pos,
      String message,
      Collection<String> expected,
      String suggestion) {
    int line = Math.max(1, pos.getLineNum());
    int column = Math.max(1, pos.getColumnNum());
    Diagnostic diagnostic =
        new Diagnostic(
            severity,
            code,
            suggestion == null || message.endsWith(".") ? message : message + ".",
            line,
            column,
            Math.max(line, pos.getEndLineNum()),
            Math.max(1, pos.getEndColumnNum()),
            script.text(pos),
            List.copyOf(expected),
            suggestion);
    if (!list.contains(diagnostic)) {
      list.add(diagnostic);
    }
  }

  public boolean hasErrors() {
    return list.stream().anyMatch(Diagnostic::isError);
  }

  /** Whether there is an error among what was added after the first {@code count}. */
  public boolean errorsAfter(int count) {
    return list.stream().skip(count).anyMatch(Diagnostic::isError);
  }

  public int size() {
    return list.size();
  }

  /** Everything, in the order of the script. */
  public List<Diagnostic> sorted() {
    return list.stream()
        .sorted(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column))
        .toList();
  }
}
