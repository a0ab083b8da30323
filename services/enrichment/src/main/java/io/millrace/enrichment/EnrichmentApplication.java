package io.millrace.enrichment;

import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.Services;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The enrichment service. */
@MillraceService(name = "enrichment", port = 8083, uses = Feature.PLANS)
@Import(EnrichmentConfiguration.class)
public class EnrichmentApplication {

  public static void main(String[] args) {
    Services.run(EnrichmentApplication.class, args);
  }

  /** Starts the service as a context of this JVM. */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return Services.start(EnrichmentApplication.class, properties);
  }
}
