package io.millrace.service.status;

import io.millrace.service.InstanceId;
import io.millrace.service.bus.Outbound;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;

/** The service's {@link StatusReporter}. */
@AutoConfiguration
public class StatusAutoConfiguration {

  @Bean
  StatusReporter statusReporter(InstanceId instance, StreamBridge bridge) {
    return new StatusReporter(instance, new Outbound(bridge, "status"));
  }
}
