package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.environment.SourceTable;
import io.millrace.flow.parser.Statement;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Plans sinks. */
final class SinkPlanner {

  private final PlanContext context;
  private final SourcePlanner sources;
  private final StreamPlanner streams;

  SinkPlanner(PlanContext context, SourcePlanner sources, StreamPlanner streams) {
    this.context = context;
    this.sources = sources;
    this.streams = streams;
  }

  void plan(Declaration declaration) {
    Statement.CreateSink statement = (Statement.CreateSink) declaration.statement();
    SqlParserPos pos = statement.name().getParserPosition();
    ConnectorDescriptor descriptor = context.connector(statement.options(), Direction.SINK, pos);
    Map<String, String> options =
        context.options.check(
            PlanContext.withoutConnector(statement.options()),
            descriptor == null ? "the sink" : "connector " + descriptor.getType(),
            descriptor == null ? null : descriptor.getOptions(),
            pos);
    List<String> inputs = inputs(statement, descriptor);
    if (descriptor == null || inputs.isEmpty()) {
      return;
    }
    context.add(
        context
            .component(declaration, declaration.name(), ComponentKind.SINK, descriptor.getService())
            .setConnector(descriptor.getType())
            .setOptions(options)
            .setInputs(inputs),
        declaration,
        descriptor.getGuarantee());
  }

  private List<String> inputs(Statement.CreateSink statement, ConnectorDescriptor descriptor) {
    SqlIdentifier from = statement.from();
    SourceInfo source = from.isSimple() ? sources.find(from.getSimple()) : null;
    if (source != null && source.handsOutTables()) {
      return wholeDatabase(source, from, descriptor);
    }
    StreamInfo stream = streams.names().stream(from.names, from.getParserPosition());
    return stream == null ? List.of() : List.of(stream.name);
  }

  private List<String> wholeDatabase(
      SourceInfo source, SqlIdentifier from, ConnectorDescriptor descriptor) {
    if (descriptor != null && !descriptor.getTables()) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          from.getParserPosition(),
          source.name
              + " is a whole database, which connector "
              + descriptor.getType()
              + " does not take; make a stream of a table with CREATE STREAM name FROM "
              + source.name
              + " TABLE '…', and a sink from that");
      return List.of();
    }
    List<SourceTable> tables = sources.tables(source, from.getParserPosition());
    if (tables == null) {
      return List.of();
    }
    if (tables.isEmpty()) {
      context.diagnostics.error(
          Code.UNKNOWN_TABLE,
          from.getParserPosition(),
          "source " + source.name + " hands out no table; look at its option tables");
    }
    List<String> inputs = new ArrayList<>();
    for (SourceTable table : tables) {
      inputs.add(sources.captured(source, table).name);
    }
    return inputs;
  }
}
