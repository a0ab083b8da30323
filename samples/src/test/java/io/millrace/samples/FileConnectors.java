package io.millrace.samples;

import io.millrace.flow.environment.Environment;
import io.millrace.flow.environment.EplAnswer;
import io.millrace.flow.environment.ModelDescription;
import io.millrace.flow.environment.SourceTables;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.control.OptionType;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.RowType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A world of files and nothing else. */
final class FileConnectors implements Environment {

  @Override
  public Collection<ConnectorDescriptor> connectors() {
    return List.of(
        file(Direction.SOURCE, ColumnsRule.OPTIONAL, "path", "format", "header"),
        file(Direction.SINK, ColumnsRule.NONE, "directory", "format"));
  }

  private static ConnectorDescriptor file(
      Direction direction, ColumnsRule columns, String... options) {
    return ConnectorDescriptor.newBuilder()
        .setType("file")
        .setDirection(direction)
        .setService(direction == Direction.SOURCE ? "ingestion" : "delivery")
        .setTitle("file")
        .setDescription("file")
        .setTables(false)
        .setColumns(columns)
        .setGuarantee("exactly-once")
        .setOptions(
            Arrays.stream(options)
                .map(name ->
                    OptionDescriptor.newBuilder()
                        .setName(name)
                        .setType(OptionType.STRING)
                        .setDocumentation(name)
                        .build())
                .toList())
        .build();
  }

  @Override
  public SourceTables tables(String source, String connector, Map<String, String> options) {
    throw new UnsupportedOperationException("files have no tables");
  }

  @Override
  public ModelDescription model(Map<String, String> options) {
    throw new UnsupportedOperationException("there are no models");
  }

  @Override
  public EplAnswer epl(
      String text, Map<String, RowType> streams, RowType output, long stateRetentionMillis) {
    throw new UnsupportedOperationException("there is no EPL");
  }

  @Override
  public Optional<String> secret(String name) {
    return Optional.empty();
  }

  @Override
  public Collection<String> secretNames() {
    return List.of();
  }

  @Override
  public Optional<StreamDefinition> stream(String fullName) {
    return Optional.empty();
  }

  @Override
  public Collection<String> streamNames() {
    return List.of();
  }
}
