package io.millrace.connect;

import java.util.HashMap;
import java.util.Map;

/**
 * A connector that is to exist.
 *
 * @param name its name in Kafka Connect
 * @param config its whole configuration; a change of it restarts the connector
 * @param running false: it exists and keeps its positions, but is stopped
 */
public record DesiredConnector(String name, Map<String, String> config, boolean running) {

  public DesiredConnector {
    Map<String, String> named = new HashMap<>(config);
    named.put("name", name);
    config = Map.copyOf(named);
  }
}
