package io.millrace.connector.contract;

import io.millrace.connector.ComponentContext;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans of one component, as control would write them. */
public final class Plans {

  public static final String APPLICATION = "default.contract";

  private Plans() {}

  /** A stream of these columns. */
  public static StreamDefinition stream(
      String name, RowType columns, List<String> partitionBy, String timestampColumn) {
    String topic = APPLICATION + "." + name;
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setRowSchema(AvroTypes.toAvro(columns, topic).toString())
        .setKind(StreamKind.EVENTS)
        .setPartitionBy(new ArrayList<>(partitionBy))
        .setTimestampColumn(timestampColumn)
        .build();
  }

  /** A source with declared columns that is itself a stream. */
  public static ComponentContext source(
      String connector, Map<String, String> options, StreamDefinition output) {
    return context(connector, ComponentKind.SOURCE, "ingestion", options, output);
  }

  /** A sink of one stream. */
  public static ComponentContext sink(
      String connector, Map<String, String> options, StreamDefinition input) {
    return context(connector, ComponentKind.SINK, "delivery", options, input);
  }

  private static ComponentContext context(
      String connector,
      ComponentKind kind,
      String service,
      Map<String, String> options,
      StreamDefinition stream) {
    boolean source = kind == ComponentKind.SOURCE;
    List<StreamDefinition> streams = List.of(stream);
    Component component =
        Component.newBuilder()
            .setName(source ? stream.getName() : stream.getName() + "_sink")
            .setKind(kind)
            .setService(service)
            .setFingerprint("test")
            .setConnector(connector)
            .setOptions(Map.copyOf(options))
            .setInputs(source ? List.of() : List.of(stream.getName()))
            .setOutputs(source ? List.of(stream.getName()) : List.of())
            .setRowSchema(source ? stream.getRowSchema() : null)
            .build();
    Plan plan =
        Plan.newBuilder()
            .setApplication(APPLICATION)
            .setRevision(1)
            .setDesired(DesiredState.RUNNING)
            .setStreams(streams)
            .setComponents(List.of(component))
            .build();
    return new ComponentContext(
        plan,
        component,
        source ? List.of() : streams,
        source ? streams : List.of(),
        Map.of("bootstrap.servers", "localhost:1"));
  }
}
