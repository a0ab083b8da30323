package io.millrace.service.boot;

import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The settings that every service starts from; its own configuration file overrides them. */
public final class ServiceDefaults {

  private ServiceDefaults() {}

  /** The defaults of a service, by property. */
  public static Map<String, Object> of(MillraceService service) {
    Set<Feature> uses = EnumSet.noneOf(Feature.class);
    for (Feature feature : service.uses()) {
      uses.add(feature);
      uses.addAll(feature.brings());
    }
    Map<String, Object> defaults = new HashMap<>();
    shared(defaults, service);
    web(defaults);
    if (uses.contains(Feature.POSTGRES)) {
      postgres(defaults, service.name());
    }
    if (uses.contains(Feature.REDIS)) {
      defaults.put("spring.data.redis.url", "${millrace.redis}");
      defaults.put("spring.data.redis.repositories.enabled", "false");
    }
    if (uses.contains(Feature.STREAMS)) {
      streams(defaults);
    }
    if (uses.contains(Feature.PLANS)) {
      reader(defaults, "plans", "millrace.plans");
      writer(defaults, "status", "millrace.status");
      defaults.put("spring.cloud.function.definition", "plans");
    }
    if (uses.contains(Feature.CONNECTORS)) {
      writer(defaults, "connectors", "millrace.connectors");
    }
    return defaults;
  }

  private static void shared(Map<String, Object> defaults, MillraceService service) {
    defaults.put("millrace.service", service.name());
    defaults.put("millrace.kafka", "localhost:9092");
    defaults.put("millrace.redis", "redis://localhost:6379");
    defaults.put("millrace.postgres.url", "jdbc:postgresql://localhost:5432/millrace");
    defaults.put("millrace.postgres.username", "millrace");
    defaults.put("millrace.postgres.password", "");
    defaults.put("millrace.urls.gateway", "http://localhost:8080");
    defaults.put("millrace.urls.control", "http://localhost:8081");
    defaults.put("millrace.urls.ingestion", "http://localhost:8082");
    defaults.put("millrace.urls.enrichment", "http://localhost:8083");
    defaults.put("millrace.urls.analytics", "http://localhost:8084");
    defaults.put("millrace.urls.delivery", "http://localhost:8085");
    defaults.put("millrace.urls.query", "http://localhost:8086");
    defaults.put("millrace.jwks-uri", "${millrace.urls.gateway}/oauth2/jwks");
    defaults.put("millrace.issuer", "millrace");
    defaults.put("server.port", "${millrace.ports." + service.name() + ":" + service.port() + "}");
    defaults.put("spring.application.name", "millrace-" + service.name());
  }

  private static void web(Map<String, Object> defaults) {
    defaults.put("server.shutdown", "graceful");
    defaults.put("server.tomcat.threads.min-spare", "2");
    defaults.put("server.tomcat.mbeanregistry.enabled", "false");
    defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
    defaults.put("spring.threads.virtual.enabled", "true");
    defaults.put("spring.jmx.enabled", "false");
    defaults.put("spring.main.lazy-initialization", "false");
    defaults.put("spring.mvc.problemdetails.enabled", "false");
    defaults.put("spring.mvc.log-resolved-exception", "false");
    defaults.put("spring.web.resources.add-mappings", "false");
    defaults.put("spring.jackson.default-property-inclusion", "always");
    defaults.put("management.endpoints.web.exposure.include", "health,info,prometheus");
    defaults.put("management.endpoint.health.show-details", "always");
    defaults.put("management.endpoint.health.probes.enabled", "true");
    defaults.put("management.health.diskspace.enabled", "false");
    defaults.put("management.health.ssl.enabled", "false");
    defaults.put("management.metrics.tags.service", "${millrace.service}");
    defaults.put("springdoc.api-docs.path", "/v3/api-docs");
    defaults.put("springdoc.swagger-ui.enabled", "false");
    defaults.put("springdoc.show-actuator", "false");
  }

  private static void postgres(Map<String, Object> defaults, String name) {
    defaults.put("spring.datasource.url", "${millrace.postgres.url}");
    defaults.put("spring.datasource.username", "${millrace.postgres.username}");
    defaults.put("spring.datasource.password", "${millrace.postgres.password}");
    defaults.put("spring.datasource.hikari.schema", name);
    defaults.put("spring.datasource.hikari.pool-name", name);
    defaults.put("spring.datasource.hikari.maximum-pool-size", "8");
    defaults.put("spring.datasource.hikari.minimum-idle", "1");
    defaults.put("spring.datasource.hikari.initialization-fail-timeout", "60000");
    defaults.put("spring.flyway.schemas", name);
    defaults.put("spring.flyway.default-schema", name);
    defaults.put("spring.flyway.create-schemas", "true");
    defaults.put("spring.flyway.locations", "classpath:db/" + name);
    defaults.put("spring.flyway.connect-retries", "20");
    defaults.put("spring.flyway.connect-retries-interval", "3s");
  }

  private static void streams(Map<String, Object> defaults) {
    defaults.put("spring.cloud.stream.default-binder", "kafka");
    defaults.put("spring.cloud.stream.kafka.binder.brokers", "${millrace.kafka}");
    // The topics are made by ControlTopics, compacted and with one partition.
    defaults.put("spring.cloud.stream.kafka.binder.auto-create-topics", "false");
    defaults.put("spring.cloud.stream.binding-retry-interval", "3");
    defaults.put("management.health.binders.enabled", "false");
  }

  /** A function that reads a compacted topic from its beginning, in every instance. */
  private static void reader(Map<String, Object> defaults, String function, String topic) {
    String binding = function + "-in-0";
    defaults.put("spring.cloud.stream.bindings." + binding + ".destination", topic);
    defaults.put(
        "spring.cloud.stream.kafka.bindings." + binding + ".consumer.start-offset", "earliest");
  }

  private static void writer(Map<String, Object> defaults, String name, String topic) {
    defaults.merge("spring.cloud.stream.output-bindings", name, (a, b) -> a + ";" + b);
    defaults.put("spring.cloud.stream.bindings." + name + ".destination", topic);
  }
}
