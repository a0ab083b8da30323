package io.millrace.service.connectors;

import io.millrace.service.bus.Outbound;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;

/** The service's {@link ConnectorAnnouncer}. */
@AutoConfiguration
public class ConnectorAutoConfiguration {

  @Bean
  ConnectorAnnouncer connectorAnnouncer(StreamBridge bridge) {
    return new ConnectorAnnouncer(new Outbound(bridge, "connectors"));
  }
}
