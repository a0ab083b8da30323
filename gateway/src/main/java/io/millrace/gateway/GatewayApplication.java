package io.millrace.gateway;

import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.Services;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

/** The gateway. */
@MillraceService(
    name = "gateway",
    port = 8080,
    uses = {Feature.POSTGRES, Feature.GATEWAY})
@ComponentScan
public class GatewayApplication {

  public static void main(String[] args) {
    Services.run(GatewayApplication.class, args);
  }

  /** Starts the gateway as a context of this JVM. */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return Services.start(GatewayApplication.class, properties);
  }
}
