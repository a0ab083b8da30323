package io.millrace.cep.epl;

/**
 * Says what is refused in a statement, at the place of a word, and watches how deep a walk over it
 * goes.
 */
final class Objections {
  private static final int DEEPEST = 200;

  private final Statement statement;
  private final Problems problems;
  private int depth;

  Objections(Statement statement, Problems problems) {
    this.statement = statement;
    this.problems = problems;
  }

  /** Goes one level down; false, which has then been said, when that is too deep. */
  boolean deeper() {
    if (++depth > DEEPEST) {
      depth--;
      problem(null, "the expression is nested too deeply: " + DEEPEST + " levels are allowed");
      return false;
    }
    return true;
  }

  /** Comes back up. */
  void shallower() {
    depth--;
  }

  /** Refuses a node that nobody has thought of. */
  void refused(Object node) {
    String kind = node.getClass().getSimpleName();
    problem(
        null,
        "this is not allowed in EPL here: " + kind.replaceAll("(Expression|Clause|Expr)$", ""));
  }

  void refuseIf(boolean condition, String word, String message) {
    if (condition) {
      problem(word, message);
    }
  }

  void problem(String word, String message) {
    statement.problem(problems, word, message);
  }

  /**
   * Says something about a text where it stands last in the statement; where it does not, about the
   * statement.
   */
  void problemAt(String text, String message) {
    Token token = statement.tokens().getFirst();
    for (Token candidate : statement.tokens()) {
      if (candidate.text().equals(text)) {
        token = candidate;
      }
    }
    problems.at(token.start(), token.end(), message);
  }
}
