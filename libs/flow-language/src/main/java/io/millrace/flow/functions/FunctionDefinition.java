package io.millrace.flow.functions;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;

/**
 * A function or an operator.
 *
 * @param name as users write it
 * @param signatures for instance {@code LPAD(text STRING, length INT [, fill STRING]) -> STRING};
 *     {@code ?} behind the result: it may be NULL without a NULL argument; {@code !}: it never is
 * @param description sentences for a user
 * @param examples each is executed as a test
 * @param operators what the validator knows it as
 */
public record FunctionDefinition(
    String name,
    FunctionCategory category,
    List<String> signatures,
    String description,
    List<Example> examples,
    List<SqlOperator> operators) {

  /**
   * An expression and what it gives.
   *
   * @param result as text: strings in quotes, {@code NULL}, anything else as CAST to STRING writes
   *     it
   */
  public record Example(String expression, String result) {}

  public FunctionDefinition {
    signatures = List.copyOf(signatures);
    examples = List.copyOf(examples);
    operators = List.copyOf(operators);
  }
}
