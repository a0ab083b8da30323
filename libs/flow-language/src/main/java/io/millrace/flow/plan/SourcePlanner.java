package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.environment.SourceTable;
import io.millrace.flow.environment.SourceTables;
import io.millrace.flow.parser.Statement;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.ChangeEvents;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Plans sources and the streams of captured tables. */
final class SourcePlanner {

  /** What a source gives whose connector takes columns and whose statement declares none. */
  private static final RowType UNDECLARED = RowType.of(Field.nullable("value", DataType.STRING));

  private final PlanContext context;
  private final Map<String, SourceInfo> sources = new LinkedHashMap<>();

  SourcePlanner(PlanContext context) {
    this.context = context;
  }

  void plan(Declaration declaration) {
    Statement.CreateSource statement = (Statement.CreateSource) declaration.statement();
    int before = context.diagnostics.size();
    ConnectorDescriptor descriptor =
        context.connector(
            statement.options(), Direction.SOURCE, statement.name().getParserPosition());
    Map<String, String> options =
        context.options.check(
            PlanContext.withoutConnector(statement.options()),
            descriptor == null ? "the source" : "connector " + descriptor.getType(),
            descriptor == null ? null : descriptor.getOptions(),
            statement.name().getParserPosition());
    boolean askable = descriptor != null && !context.diagnostics.errorsAfter(before);
    SourceInfo source = new SourceInfo(declaration, descriptor, options, askable);
    sources.put(PlanContext.key(source.name), source);
    if (descriptor == null) {
      return;
    }
    source.component =
        context
            .component(declaration, source.name, ComponentKind.SOURCE, descriptor.getService())
            .setConnector(descriptor.getType())
            .setOptions(options);
    context.add(source.component, declaration, descriptor.getGuarantee());
    if (source.handsOutTables()) {
      columnsOfTables(statement);
    } else {
      single(source, statement);
    }
  }

  private void columnsOfTables(Statement.CreateSource statement) {
    if (statement.columns() != null) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          statement.name().getParserPosition(),
          "the columns of this source come from its database; leave them out");
    }
  }

  private void single(SourceInfo source, Statement.CreateSource statement) {
    ColumnsRule rule = source.descriptor.getColumns();
    SqlParserPos pos = statement.name().getParserPosition();
    if (statement.columns() == null && rule == ColumnsRule.REQUIRED) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          pos,
          "connector "
              + source.descriptor.getType()
              + " has to be told the columns: CREATE SOURCE "
              + source.name
              + " (name TYPE, …) WITH (…)");
      return;
    }
    if (statement.columns() != null && rule == ColumnsRule.NONE) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          pos,
          "connector " + source.descriptor.getType() + " brings its own columns; leave them out");
      return;
    }
    source.stream = context.newStream(source.name, null, StreamKind.EVENTS);
    RowType row =
        statement.columns() == null
            ? UNDECLARED
            : context.row(statement.columns(), List.of(), source.stream.missing);
    source.stream.row = row;
    source.component.setOutputs(List.of(source.name));
    if (row != null) {
      source.component.setRowSchema(AvroTypes.toAvro(row, source.stream.topic).toString());
    }
  }

  /** The source of a name; null when there is none, which has been said. */
  SourceInfo source(SqlIdentifier written) {
    String name = written.getSimple();
    SourceInfo source = sources.get(PlanContext.key(name));
    if (source != null || context.unreadable.contains(PlanContext.key(name))) {
      return source;
    }
    Declaration other = context.names.get(PlanContext.key(name));
    context.diagnostics.unknown(
        Code.UNKNOWN_SOURCE,
        written.getParserPosition(),
        other == null ? "there is no source " + name + "." : name + " is no source.",
        name,
        sources.values().stream().map(s -> s.name).toList());
    return null;
  }

  /** The source of this name, or null. */
  SourceInfo find(String name) {
    return sources.get(PlanContext.key(name));
  }

  /** CREATE STREAM ... FROM source TABLE. */
  void stream(Declaration declaration) {
    Statement.CreateStream statement = (Statement.CreateStream) declaration.statement();
    if (statement.partitionBy() != null || statement.timestampBy() != null) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          statement.name().getParserPosition(),
          "the changes of a table keep the order of its primary key and the time of their commit;"
              + " write PARTITION BY and TIMESTAMP BY at a stream that reads this one");
    }
    Map<String, String> options =
        context.options.check(
            statement.options(),
            "a stream of changes",
            KnownOptions.STREAM,
            statement.name().getParserPosition());
    SourceInfo source = source(statement.table().source());
    SourceTable table = source == null ? null : table(source, statement.table());
    if (table == null) {
      return;
    }
    StreamInfo already = source.captured.get(table.name());
    if (already != null) {
      context.diagnostics.error(
          Code.DUPLICATE_NAME,
          statement.table().tablePos(),
          "table " + table.name() + " is stream " + already.name + " already; read that one");
      return;
    }
    StreamInfo stream = capture(source, table, declaration.name());
    stream.partitions = PlanContext.partitions(options, stream.partitions);
    stream.retention = PlanContext.retention(options, stream.retention);
  }

  /** The stream of a captured table, made when there is none yet. */
  StreamInfo captured(SourceInfo source, SourceTable table) {
    StreamInfo stream = source.captured.get(table.name());
    return stream != null ? stream : capture(source, table, source.name + "." + table.name());
  }

  private StreamInfo capture(SourceInfo source, SourceTable table, String name) {
    StreamInfo stream = context.newStream(name, null, StreamKind.CHANGES);
    stream.row = ChangeEvents.of(table.columns());
    stream.table = table.name();
    stream.tableKey = table.key();
    source.captured.put(table.name(), stream);
    List<String> outputs = new ArrayList<>(source.component.getOutputs());
    outputs.add(name);
    source.component.setOutputs(outputs);
    return stream;
  }

  /** A table of a source; null when there is none, or it cannot be known, which has been said. */
  SourceTable table(SourceInfo source, Statement.TableOf written) {
    if (source.descriptor != null && !source.handsOutTables()) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          written.source().getParserPosition(),
          "source " + source.name + " has no tables; it is a stream itself, read it as such");
      return null;
    }
    List<SourceTable> tables = tables(source, written.tablePos());
    if (tables == null) {
      return null;
    }
    String wanted = written.table().strip();
    List<SourceTable> found =
        tables.stream().filter(t -> t.name().equalsIgnoreCase(wanted)).toList();
    if (found.isEmpty() && wanted.indexOf('.') < 0) {
      found =
          tables.stream()
              .filter(t -> PlanContext.key(t.name()).endsWith("." + PlanContext.key(wanted)))
              .toList();
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    context.diagnostics.unknown(
        Code.UNKNOWN_TABLE,
        written.tablePos(),
        found.isEmpty()
            ? "source " + source.name + " hands out no table " + wanted + "."
            : "several tables are called " + wanted + "; write the one that is meant in full.",
        wanted,
        names(tables, wanted));
    return null;
  }

  private static List<String> names(List<SourceTable> tables, String wanted) {
    return tables.stream()
        .map(SourceTable::name)
        .map(n -> wanted.indexOf('.') < 0 ? n.substring(n.lastIndexOf('.') + 1) : n)
        .toList();
  }

  /** All tables of a source; null when they cannot be known, which has been said. */
  List<SourceTable> tables(SourceInfo source, SqlParserPos pos) {
    if (!source.askable) {
      return null;
    }
    if (source.tables == null) {
      source.tables =
          context.environment.tables(source.name, source.descriptor.getType(), source.options);
      if (source.tables instanceof SourceTables.Unavailable unavailable) {
        context.diagnostics.error(
            Code.SOURCE_UNAVAILABLE,
            pos,
            "source " + source.name + " cannot be asked for its tables: " + unavailable.message());
      }
    }
    return source.tables instanceof SourceTables.Found found ? found.tables() : null;
  }
}
