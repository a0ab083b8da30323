package io.millrace.enrichment.app;

import io.millrace.schemas.event.SchemaStore;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What all components of this service instance share.
 *
 * @param instance names this instance, the same after a restart, unlike any other's
 * @param kafka how Kafka clients connect
 * @param schemas the schemas of events
 * @param secrets resolves the secrets in options
 */
public record Surroundings(
    String instance,
    Map<String, String> kafka,
    SchemaStore schemas,
    UnaryOperator<Map<String, String>> secrets) {

  /** The service's name in plans and groups. */
  public static final String SERVICE = "enrichment";

  public Surroundings {
    kafka = Map.copyOf(kafka);
  }
}
