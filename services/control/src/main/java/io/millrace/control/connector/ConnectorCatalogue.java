package io.millrace.control.connector;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.service.bus.CompactedTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Component;

/** The connectors that services have announced. */
@Component("connectors")
public class ConnectorCatalogue extends CompactedTopic {

  private final Map<String, ConnectorDescriptor> descriptors = new ConcurrentSkipListMap<>();

  ConnectorCatalogue() {
    super(Topics.CONNECTORS);
  }

  /** All of them, by direction and type. */
  public Collection<ConnectorDescriptor> all() {
    return List.copyOf(descriptors.values());
  }

  public Optional<ConnectorDescriptor> find(Direction direction, String type) {
    return all().stream()
        .filter(d -> d.getDirection() == direction && d.getType().equalsIgnoreCase(type))
        .findFirst();
  }

  @Override
  protected void onRecord(String key, byte[] value) throws IOException {
    if (value == null) {
      descriptors.remove(key);
    } else {
      descriptors.put(key, ConnectorDescriptor.fromByteBuffer(ByteBuffer.wrap(value)));
    }
  }
}
