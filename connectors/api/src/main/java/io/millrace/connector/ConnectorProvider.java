package io.millrace.connector;

import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;

/** One connector of the platform, as the services and the catalogue see it. Thread-safe. */
public interface ConnectorProvider {

  /** What the connector is and takes; the single truth for validation, forms and documentation. */
  ConnectorDescriptor descriptor();

  /**
   * The configuration of the Kafka Connect connector that runs a component. Secrets stay as they
   * are ({@code ${secret:…}}): the worker's config provider resolves them.
   */
  Map<String, String> connectConfig(ComponentContext context);

  /**
   * Tries the options for real: connects, logs in, looks at permissions and settings.
   *
   * @param options as in the statement's WITH clause, secrets in clear
   * @return what is wrong, each with what to do about it; empty when the connector would run
   */
  List<Problem> check(Map<String, String> options);

  /**
   * Tries the options together with the columns that CREATE SOURCE declares, so that a source can
   * read a little and say where the two do not fit.
   *
   * @param columns the declared columns, or null when there are none
   */
  default List<Problem> check(Map<String, String> options, RowType columns) {
    return check(options);
  }

  /**
   * The tables that a source hands out, with their columns.
   *
   * @param options as in the statement's WITH clause, secrets in clear
   * @throws ConnectorException if the database cannot be asked; the message says why and what to do
   */
  default List<TableDefinition> tables(Map<String, String> options) {
    throw new ConnectorException(
        "NO_TABLES", "connector " + descriptor().getType() + " hands out no tables");
  }

  /**
   * Lets go of what a component keeps outside of Kafka Connect, now that it is gone for good:
   * dropped with its application, or taken out of its script. Nothing of it runs any more. It may
   * be called again, also when there is nothing left.
   *
   * @param config as made by {@link #connectConfig}, with its name, secrets in clear
   * @throws ConnectorException if something stays behind for now; the message says what, and how a
   *     person removes it
   */
  default void release(Map<String, String> config) {}
}
