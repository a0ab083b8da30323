package io.millrace.delivery;

import io.millrace.connect.service.ConnectServiceConfiguration;
import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.Services;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The delivery service: hosts the sinks on an embedded Kafka Connect worker. Instances of it share
 * the sinks' tasks.
 */
@MillraceService(
    name = "delivery",
    port = 8085,
    uses = {Feature.PLANS, Feature.CONNECTORS})
@Import(ConnectServiceConfiguration.class)
public class DeliveryApplication {

  public static void main(String[] args) {
    Services.run(DeliveryApplication.class, args);
  }

  /** Starts the service as a context of this JVM. */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return Services.start(DeliveryApplication.class, properties);
  }
}
