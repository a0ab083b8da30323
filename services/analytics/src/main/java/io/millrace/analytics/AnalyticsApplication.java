package io.millrace.analytics;

import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.Services;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The analytics service. */
@MillraceService(name = "analytics", port = 8084, uses = Feature.PLANS)
@Import(AnalyticsConfiguration.class)
public class AnalyticsApplication {

  public static void main(String[] args) {
    Services.run(AnalyticsApplication.class, args);
  }

  /** Starts the service as a context of this JVM. */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return Services.start(AnalyticsApplication.class, properties);
  }
}
