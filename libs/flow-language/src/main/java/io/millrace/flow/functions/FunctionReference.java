package io.millrace.flow.functions;

import io.millrace.flow.functions.FunctionDefinition.Example;
import java.util.stream.Stream;

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

  private static final String OVER_ROWS =
      """

      Functions over the rows of a window, of a group or of a frame (OVER). NULL arguments are left out unless the
      description says otherwise; a function of no values is NULL. `DISTINCT` takes equal arguments once, and
      `FILTER (WHERE condition)` behind a function takes the rows that fulfil it. The examples are of five rows with x
      = 1, 2, 5, NULL, 2, in this order; those with OVER are what the last of them, or for LAG the first, gets.
      """;

  private FunctionReference() {}

  /** The reference in Markdown. */
  public static String markdown() {
    StringBuilder out = new StringBuilder(HEAD);
    for (FunctionCategory category : FunctionCategory.values()) {
      out.append("\n## ").append(category.title()).append('\n');
      if (category == FunctionCategory.AGGREGATES) {
        out.append(OVER_ROWS);
      }
      Stream.concat(
              MillraceFunctions.definitions().stream(), MillraceFunctions.aggregates().stream())
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
