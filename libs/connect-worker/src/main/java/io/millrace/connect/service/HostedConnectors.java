package io.millrace.connect.service;

import io.millrace.connector.ConnectorProvider;
import java.util.List;
import java.util.Optional;

/** The connectors that a service hosts. */
record HostedConnectors(List<ConnectorProvider> providers) {

  Optional<ConnectorProvider> find(String type) {
    return providers.stream().filter(p -> p.descriptor().getType().equals(type)).findFirst();
  }
}
