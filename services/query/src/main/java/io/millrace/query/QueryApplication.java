package io.millrace.query;

import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.Services;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

/** The query service. */
@MillraceService(name = "query", port = 8086, uses = Feature.PLANS)
@ComponentScan
public class QueryApplication {

  public static void main(String[] args) {
    Services.run(QueryApplication.class, args);
  }

  /** Starts the service as a context of this JVM. */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return Services.start(QueryApplication.class, properties);
  }
}
