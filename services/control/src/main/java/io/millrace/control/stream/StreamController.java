package io.millrace.control.stream;

import io.millrace.control.ControlError;
import io.millrace.control.application.StreamDirectory;
import io.millrace.control.compile.ScriptCompiler;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Function;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/streams")
@Tag(name = "streams")
class StreamController {

  private final StreamDirectory streams;

  StreamController(StreamDirectory streams) {
    this.streams = streams;
  }

  record Column(String name, String type, boolean nullable) {}

  record StreamView(
      String name,
      String application,
      String topic,
      String kind,
      String table,
      List<Column> columns,
      List<String> partitionBy,
      String timestampColumn,
      long allowedLatenessMillis,
      int partitions,
      long retentionMillis,
      String format,
      List<String> writtenBy,
      List<String> readBy) {}

  @GetMapping("/{stream}")
  @Operation(summary = "A stream: its columns, partitioning, time, and who writes and reads it")
  StreamView one(@PathVariable String stream) {
    StreamDirectory.Found found =
        streams
            .find(stream)
            .or(() -> streams.find(ScriptCompiler.DEFAULT_NAMESPACE + "." + stream))
            .orElseThrow(() -> ControlError.STREAM_NOT_FOUND.with(stream));
    StreamDefinition definition = found.definition();
    return new StreamView(
        found.application() + "." + definition.getName(),
        found.application(),
        definition.getTopic(),
        definition.getKind().name(),
        definition.getTable(),
        AvroTypes.toRow(definition.getRowSchema()).fields().stream()
            .map(f -> new Column(f.name(), f.type().sql(), f.nullable()))
            .toList(),
        definition.getPartitionBy(),
        definition.getTimestampColumn(),
        definition.getAllowedLatenessMillis(),
        definition.getPartitions(),
        definition.getRetentionMillis(),
        definition.getFormat(),
        components(found.plan(), definition.getName(), Component::getOutputs),
        components(found.plan(), definition.getName(), Component::getInputs));
  }

  private static List<String> components(
      Plan plan, String stream, Function<Component, List<String>> streams) {
    return plan.getComponents().stream()
        .filter(component -> streams.apply(component).contains(stream))
        .map(Component::getName)
        .toList();
  }
}
