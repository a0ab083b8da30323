package io.millrace.ingestion;

import io.millrace.connect.service.ConnectServiceConfiguration;
import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.Services;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The ingestion service: hosts the sources on an embedded Kafka Connect worker. */
@MillraceService(
    name = "ingestion",
    port = 8082,
    uses = {Feature.PLANS, Feature.CONNECTORS})
@Import(ConnectServiceConfiguration.class)
public class IngestionApplication {

  public static void main(String[] args) {
    Services.run(IngestionApplication.class, args);
  }

  /** Starts the service as a context of this JVM. */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return Services.start(IngestionApplication.class, properties);
  }
}
