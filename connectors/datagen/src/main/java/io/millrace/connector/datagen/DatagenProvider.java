package io.millrace.connector.datagen;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.source.SourceSettings;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.util.List;
import java.util.Map;

/** The source {@code datagen} as the platform sees it. */
public final class DatagenProvider implements ConnectorProvider {

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType("datagen")
        .setDirection(Direction.SOURCE)
        .setService("ingestion")
        .setTitle("Generated data")
        .setDescription(
            "Makes up events from a seed, column by column, at a rate; for trying things")
        .setColumns(ColumnsRule.REQUIRED)
        .setGuarantee("exactly-once")
        .setOptions(DatagenConfig.OPTIONS.descriptors())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    return SourceSettings.connectConfig(context, DatagenConnector.class);
  }

  @Override
  public List<Problem> check(Map<String, String> options) {
    return DatagenConfig.OPTIONS.problems(options);
  }
}
