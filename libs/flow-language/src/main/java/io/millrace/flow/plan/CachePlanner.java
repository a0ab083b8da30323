package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.environment.SourceTable;
import io.millrace.flow.parser.Statement;
import io.millrace.flow.query.CacheTable;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.event.ChangeEvents;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Plans caches, each when it is first needed. */
final class CachePlanner {

  private final PlanContext context;
  private final SourcePlanner sources;
  private final StreamPlanner streams;
  private final Set<String> begun = new HashSet<>();
  private final Map<String, CacheTable> tables = new HashMap<>();
  private final Map<String, Set<String>> missing = new HashMap<>();

  CachePlanner(PlanContext context, SourcePlanner sources, StreamPlanner streams) {
    this.context = context;
    this.sources = sources;
    this.streams = streams;
  }

  /** What a query joins; null when the cache is faulty, which has been said. */
  CacheTable table(Declaration declaration, SqlParserPos pos) {
    String key = PlanContext.key(declaration.name());
    if (begun.contains(key) && !tables.containsKey(key)) {
      context.diagnostics.error(
          Code.INVALID_QUERY,
          pos,
          "cache "
              + declaration.name()
              + " is filled from a stream that joins it; nothing could ever begin");
    }
    plan(declaration);
    return tables.get(key);
  }

  /** The columns of a cache that faults leave unknown, as in Relation. */
  Set<String> missing(Declaration declaration) {
    return missing.getOrDefault(PlanContext.key(declaration.name()), Set.of());
  }

  void plan(Declaration declaration) {
    String key = PlanContext.key(declaration.name());
    if (!begun.add(key)) {
      return;
    }
    Statement.CreateCache statement = (Statement.CreateCache) declaration.statement();
    tables.put(
        key,
        statement.columns() != null ? loaded(declaration, statement) : fed(declaration, statement));
  }

  private CacheTable loaded(Declaration declaration, Statement.CreateCache statement) {
    String name = declaration.name();
    List<SqlIdentifier> key = new ArrayList<>(statement.columns().primaryKey());
    statement.columns().list().stream()
        .filter(Statement.Column::primaryKey)
        .map(Statement.Column::name)
        .forEach(key::add);
    List<String> keyNames = key.stream().map(SqlIdentifier::getSimple).toList();
    Set<String> unknown = new HashSet<>();
    RowType row = context.row(statement.columns(), keyNames, unknown);
    missing.put(PlanContext.key(name), unknown);
    String connector = connector(statement);
    Map<String, String> options =
        context.options.check(
            PlanContext.withoutConnector(statement.options()),
            connector == null ? "the cache" : "a cache from " + connector,
            connector == null ? null : KnownOptions.CACHES.get(connector),
            statement.name().getParserPosition());
    if (connector != null && connector.equals("jdbc")) {
      oneOfQueryAndTable(statement, options);
    }
    if (key.isEmpty()) {
      context.diagnostics.error(
          Code.CACHE_KEY,
          statement.name().getParserPosition(),
          "cache " + name + " has no key; write PRIMARY KEY behind a column");
    }
    if (row == null || key.isEmpty()) {
      return null;
    }
    List<String> columns = context.columns(key, row, unknown, "cache " + name);
    return columns.size() < key.size()
        ? null
        : component(declaration, row, columns, connector, options, List.of());
  }

  private void oneOfQueryAndTable(Statement.CreateCache statement, Map<String, String> options) {
    if (options.containsKey("query") == options.containsKey("table")) {
      context.diagnostics.error(
          Code.MISSING_OPTION,
          statement.name().getParserPosition(),
          "a cache from jdbc takes either query = 'SELECT …' or table = '…'");
    }
  }

  private String connector(Statement.CreateCache statement) {
    for (Statement.Option option : statement.options()) {
      if (option.name().equalsIgnoreCase("connector")) {
        String type = option.value().text().toLowerCase(Locale.ROOT);
        if (KnownOptions.CACHES.containsKey(type)) {
          return type;
        }
        context.diagnostics.unknown(
            Code.UNKNOWN_CONNECTOR,
            option.value().pos(),
            "no connector " + type + " fills a cache; FROM source TABLE '…' and FROM a stream do.",
            type,
            KnownOptions.CACHES.keySet());
        return null;
      }
    }
    context.diagnostics.error(
        Code.MISSING_OPTION,
        statement.name().getParserPosition(),
        "a cache with declared columns needs WITH (connector = 'jdbc' or 'file', …)");
    return null;
  }

  private CacheTable fed(Declaration declaration, Statement.CreateCache statement) {
    Map<String, String> options =
        context.options.check(
            statement.options(),
            "a cache that is fed by a stream",
            List.<OptionDescriptor>of(),
            statement.name().getParserPosition());
    StreamInfo stream = input(statement);
    if (stream == null || stream.row == null) {
      return null;
    }
    missing.put(PlanContext.key(declaration.name()), stream.missing);
    RowType row = stream.isChanges() ? ChangeEvents.tableOf(stream.row) : stream.row;
    String from = stream.isChanges() ? "table " + stream.table : "stream " + stream.name;
    List<String> key =
        statement.key() == null
            ? stream.tableKey
            : context.columns(statement.key(), row, stream.missing, from);
    if (key.isEmpty() || (statement.key() != null && key.size() < statement.key().size())) {
      if (statement.key() == null) {
        context.diagnostics.error(
            Code.CACHE_KEY,
            statement.name().getParserPosition(),
            from + " has no primary key; write KEY (column, …) before FROM");
      }
      return null;
    }
    if (stream.isChanges() && !new HashSet<>(key).equals(new HashSet<>(stream.tableKey))) {
      context.diagnostics.warning(
          Code.CACHE_KEY,
          statement.name().getParserPosition(),
          "the key is not the primary key of "
              + from
              + (stream.tableKey.isEmpty() ? "" : " (" + String.join(", ", stream.tableKey) + ")")
              + "; of several rows with one key only the last that changed is found");
    }
    return component(declaration, keyed(row, key), key, null, options, List.of(stream.name));
  }

  private StreamInfo input(Statement.CreateCache statement) {
    if (statement.table() == null) {
      return streams.names().stream(
          statement.stream().names, statement.stream().getParserPosition());
    }
    SourceInfo source = sources.source(statement.table().source());
    SourceTable table = source == null ? null : sources.table(source, statement.table());
    return table == null ? null : sources.captured(source, table);
  }

  private static RowType keyed(RowType row, List<String> key) {
    return new RowType(
        row.fields().stream()
            .map(f -> key.contains(f.name()) ? Field.required(f.name(), f.type()) : f)
            .toList());
  }

  private CacheTable component(
      Declaration declaration,
      RowType row,
      List<String> key,
      String connector,
      Map<String, String> options,
      List<String> inputs) {
    String name = declaration.name();
    Component.Builder component =
        context
            .component(declaration, name, ComponentKind.CACHE, "enrichment")
            .setConnector(connector)
            .setOptions(options)
            .setInputs(inputs)
            .setRowSchema(AvroTypes.toAvro(row, context.application + "." + name).toString())
            .setKey(key);
    context.add(component, declaration, null);
    return new CacheTable(name, row, key);
  }
}
