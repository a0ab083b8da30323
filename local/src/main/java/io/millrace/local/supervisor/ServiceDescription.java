package io.millrace.local.supervisor;

import java.util.List;

/**
 * A service of the platform.
 *
 * @param name its name in plans, ports and addresses
 * @param mainClass has {@code main} and {@code start(Map)}
 * @param needs the servers that have to be there first
 * @param jvmOptions how its process runs when it has one of its own
 */
record ServiceDescription(
    String name, String mainClass, List<String> needs, List<String> jvmOptions) {

  /** All services, in the order in which they start. */
  static final List<ServiceDescription> ALL =
      List.of(
          new ServiceDescription(
              "gateway",
              "io.millrace.gateway.GatewayApplication",
              List.of("postgres", "kafka"),
              JvmOptions.SMALL_SERVICE),
          new ServiceDescription(
              "control",
              "io.millrace.control.ControlApplication",
              List.of("postgres", "kafka"),
              JvmOptions.SMALL_SERVICE),
          new ServiceDescription(
              "ingestion",
              "io.millrace.ingestion.IngestionApplication",
              List.of("kafka"),
              JvmOptions.HOT_SERVICE),
          new ServiceDescription(
              "enrichment",
              "io.millrace.enrichment.EnrichmentApplication",
              List.of("kafka", "redis"),
              JvmOptions.HOT_SERVICE),
          new ServiceDescription(
              "analytics",
              "io.millrace.analytics.AnalyticsApplication",
              List.of("kafka"),
              JvmOptions.HOT_SERVICE),
          new ServiceDescription(
              "delivery",
              "io.millrace.delivery.DeliveryApplication",
              List.of("kafka"),
              JvmOptions.HOT_SERVICE),
          new ServiceDescription(
              "query",
              "io.millrace.query.QueryApplication",
              List.of("kafka"),
              JvmOptions.SMALL_SERVICE));
}
