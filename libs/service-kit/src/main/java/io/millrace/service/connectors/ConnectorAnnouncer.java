package io.millrace.service.connectors;

import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.service.bus.Outbound;
import java.util.Collection;

/**
 * Tells the catalogue which connectors this service has. Announce all of them at each start, when
 * the application context is up; announcing again costs little. Thread-safe.
 */
public final class ConnectorAnnouncer {

  private final Outbound outbound;

  ConnectorAnnouncer(Outbound outbound) {
    this.outbound = outbound;
  }

  public void announce(Collection<ConnectorDescriptor> connectors) {
    for (ConnectorDescriptor connector : connectors) {
      outbound.send(connector.getDirection() + "/" + connector.getType(), connector);
    }
  }
}
