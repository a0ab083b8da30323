package io.millrace.flow.functions;

import io.millrace.flow.functions.FunctionDefinition.Example;

/** Writes the reference of all functions, {@code docs/functions.md}. */
public final class FunctionReference {

  private static final String HEAD =
      """
      # Functions and operators

      <!-- Generated from io.millrace.flow.functions; a test keeps it up to date (see FunctionReferenceTest). -->

      Names are the same in any case. A function of NULL is NULL unless its description says otherwise.
      `?` behind a result's type: it may be NULL without a NULL argument; `!`: it never is NULL.
      A value outside a function's domain fails the event, which then goes to the application's dead letters;
      the events around it are not affected.

      There is no current time and no random number: what a query gives depends on its input alone, so
      that a replay gives the same again.
      """;

  private FunctionReference() {}

  /** The reference in Markdown. */
  public static String markdown() {
    StringBuilder out = new StringBuilder(HEAD);
    for (FunctionCategory category : FunctionCategory.values()) {
      out.append("\n## ").append(category.title()).append('\n');
      MillraceFunctions.definitions().stream()
          .filter(d -> d.category() == category)
          .forEach(d -> append(out, d));
    }
    return out.toString();
  }

  private static void append(StringBuilder out, FunctionDefinition definition) {
    out.append("\n### `").append(definition.name()).append("`\n\n```sql\n");
    definition.signatures().forEach(s -> out.append(s).append('\n'));
    out.append("```\n\n").append(definition.description()).append("\n\n");
    out.append("| expression | result |\n|---|---|\n");
    for (Example example : definition.examples()) {
      out.append("| `").append(cell(example.expression())).append("` | `");
      out.append(cell(example.result())).append("` |\n");
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
