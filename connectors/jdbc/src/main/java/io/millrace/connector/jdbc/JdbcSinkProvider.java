package io.millrace.connector.jdbc;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.sink.SinkSettings;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.util.List;
import java.util.Map;

/** The sink {@code jdbc} as the platform sees it. */
public final class JdbcSinkProvider implements ConnectorProvider {

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType("jdbc")
        .setDirection(Direction.SINK)
        .setService("delivery")
        .setTitle("Database (JDBC)")
        .setDescription(
            "Writes rows to PostgreSQL or MariaDB, and to SQL Server or Oracle with their drivers:"
                + " appended, or kept equal to the source by key, up to a whole database")
        .setTables(true)
        .setColumns(ColumnsRule.NONE)
        .setGuarantee("exactly-once")
        .setOptions(JdbcSinkConfig.OPTIONS.descriptors())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    Map<String, String> config = SinkSettings.connectConfig(context, JdbcSinkConnector.class);
    WholeDatabase.topics(context)
        .ifPresent(pattern -> {
          config.remove("topics");
          config.put("topics.regex", pattern);
        });
    String batchSize = context.option("batch_size");
    if (batchSize != null) {
      config.put("consumer.override.max.poll.records", batchSize.strip());
    }
    return config;
  }

  @Override
  public List<Problem> check(Map<String, String> options) {
    return new JdbcSinkCheck().run(options);
  }
}
