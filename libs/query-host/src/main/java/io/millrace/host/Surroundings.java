package io.millrace.host;

import io.millrace.schemas.event.SchemaStore;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What all components of this service instance share.
 *
 * @param service the service's name in plans and groups
 * @param instance names this instance, the same after a restart, unlike any other's
 * @param kafka how Kafka clients connect
 * @param schemas the schemas of events
 * @param secrets resolves the secrets in options
 */
public record Surroundings(
    String service,
    String instance,
    Map<String, String> kafka,
    SchemaStore schemas,
    UnaryOperator<Map<String, String>> secrets) {

  public Surroundings {
    kafka = Map.copyOf(kafka);
  }
}
