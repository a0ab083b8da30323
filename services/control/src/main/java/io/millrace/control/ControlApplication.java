package io.millrace.control;

import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.Services;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The control service. */
@MillraceService(
    name = "control",
    port = 8081,
    uses = {Feature.POSTGRES, Feature.STREAMS})
@ComponentScan
@EnableScheduling
public class ControlApplication {

  public static void main(String[] args) {
    Services.run(ControlApplication.class, args);
  }

  /** Starts the service as a context of this JVM. */
  public static ConfigurableApplicationContext start(Map<String, Object> properties) {
    return Services.start(ControlApplication.class, properties);
  }
}
