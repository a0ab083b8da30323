package io.millrace.service;

import java.util.List;

/** What a service may use beyond a web server, security, metrics and health. */
public enum Feature {
  /**
   * A connection pool to {@code millrace.postgres.url}, JdbcClient, transactions, and Flyway with
   * the service's own schema (its name) and scripts ({@code classpath:db/<name>}).
   */
  POSTGRES(
      "org.springframework.boot.jdbc.",
      "org.springframework.boot.sql.",
      "org.springframework.boot.transaction.",
      "org.springframework.boot.flyway."),
  /** Redis at {@code millrace.redis}. */
  REDIS("org.springframework.boot.data.redis."),
  /** Spring Cloud Stream on {@code millrace.kafka}. */
  STREAMS(
      "org.springframework.cloud.stream.",
      "org.springframework.cloud.function.",
      "org.springframework.boot.integration.",
      "io.millrace.service.bus."),
  /**
   * Reads plans ({@link io.millrace.service.plan.PlanListener}) and reports status ({@link
   * io.millrace.service.status.StatusReporter}). Brings STREAMS.
   */
  PLANS("io.millrace.service.plan.", "io.millrace.service.status."),
  /**
   * Announces connectors ({@link io.millrace.service.connectors.ConnectorAnnouncer}). Brings
   * STREAMS.
   */
  CONNECTORS("io.millrace.service.connectors."),
  /** Spring Cloud Gateway. */
  GATEWAY("org.springframework.cloud.gateway.");

  private final List<String> packages;

  Feature(String... packages) {
    this.packages = List.of(packages);
  }

  /** The auto-configurations that belong to it: prefixes of their class names. */
  public List<String> packages() {
    return packages;
  }

  /** What it cannot be without. */
  public List<Feature> brings() {
    return switch (this) {
      case PLANS, CONNECTORS -> List.of(STREAMS);
      default -> List.of();
    };
  }
}
