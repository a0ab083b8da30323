package io.millrace.flow.environment;

import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.RowType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The world around a script. Implementations answer for one person and one compilation; what that
 * person may not see does not exist for them. The compiler asks for the tables of a source once.
 */
public interface Environment {

  /** Every connector that can be used, of both directions. */
  Collection<ConnectorDescriptor> connectors();

  /**
   * The tables that a database source hands out.
   *
   * @param source the source's name in the script
   * @param connector the connector's type
   * @param options as in the statement, secrets as the references that {@link #secret} gave
   */
  SourceTables tables(String source, String connector, Map<String, String> options);

  /**
   * The reference that stands for a secret in a plan ({@code ${secret:...}}), empty when there is
   * no such secret.
   */
  Optional<String> secret(String name);

  /**
   * A model: what goes in and what comes out.
   *
   * @param options as in CREATE MODEL: type, location, and output where it is given
   */
  ModelDescription model(Map<String, String> options);

  /**
   * Checks a text in EPL, which the language itself does not know.
   *
   * @param text what stands between the dollars
   * @param streams the streams that it may read, by name
   * @param output the columns that it has to give
   * @param stateRetentionMillis how long state without a bound of its own is kept; 0 when such
   *     state is refused
   */
  EplAnswer epl(
      String text, Map<String, RowType> streams, RowType output, long stateRetentionMillis);

  /** The names of all secrets, to suggest one. */
  Collection<String> secretNames();

  /**
   * A stream of another application.
   *
   * @param fullName namespace.application.stream
   */
  Optional<StreamDefinition> stream(String fullName);

  /** The full names of the streams of all applications, to suggest one. */
  Collection<String> streamNames();
}
