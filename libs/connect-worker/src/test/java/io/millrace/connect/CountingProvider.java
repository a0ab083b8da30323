package io.millrace.connect;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Offers {@link CountingConnector} as the connector {@code counting}. */
final class CountingProvider implements ConnectorProvider {

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType("counting")
        .setDirection(Direction.SOURCE)
        .setService("ingestion")
        .setTitle("Counting")
        .setDescription("Counts")
        .setColumns(ColumnsRule.NONE)
        .setGuarantee("exactly-once")
        .setOptions(List.of())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    Map<String, String> config = new HashMap<>(context.component().getOptions());
    config.put("connector.class", CountingConnector.class.getName());
    config.put("tasks.max", "1");
    config.put("exactly.once.support", "required");
    config.put("topic", context.outputs().getFirst().getTopic());
    return config;
  }

  @Override
  public List<Problem> check(Map<String, String> options) {
    return List.of();
  }
}
