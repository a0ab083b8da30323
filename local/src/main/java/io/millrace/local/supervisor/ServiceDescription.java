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

  /** Started once and then idle most of the time: quick to start, small. */
  private static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms32m", "-Xmx256m");

  /** Every event passes through these: they keep the optimizing compiler. */
  private static final List<String> HOT = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx512m");

  /** All services, in the order in which they start. */
  static final List<ServiceDescription> ALL =
      List.of(
          new ServiceDescription(
              "gateway",
              "io.millrace.gateway.GatewayApplication",
              List.of("postgres", "kafka"),
              SMALL),
          new ServiceDescription(
              "control",
              "io.millrace.control.ControlApplication",
              List.of("postgres", "kafka"),
              SMALL),
          new ServiceDescription(
              "ingestion", "io.millrace.ingestion.IngestionApplication", List.of("kafka"), HOT),
          new ServiceDescription(
              "enrichment",
              "io.millrace.enrichment.EnrichmentApplication",
              List.of("kafka", "redis"),
              HOT),
          new ServiceDescription(
              "analytics", "io.millrace.analytics.AnalyticsApplication", List.of("kafka"), HOT),
          new ServiceDescription(
              "delivery", "io.millrace.delivery.DeliveryApplication", List.of("kafka"), HOT),
          new ServiceDescription(
              "query", "io.millrace.query.QueryApplication", List.of("kafka"), SMALL));
}
