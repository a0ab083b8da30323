package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.parser.Statement;
import io.millrace.flow.query.AnalyzedQuery;
import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.QueryAnalyzer;
import io.millrace.flow.query.Relation;
import io.millrace.flow.query.RelationResolver;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** Plans streams and the queries that fill them, each when it is first needed. */
final class StreamPlanner {

  private final PlanContext context;
  private final SourcePlanner sources;
  private final CachePlanner caches;
  private final ModelPlanner models;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Map<String, Integer> writers = new HashMap<>();

  StreamPlanner(PlanContext context, SourcePlanner sources) {
    this.context = context;
    this.sources = sources;
    this.caches = new CachePlanner(context, sources, this);
    this.models = new ModelPlanner(context);
  }

  ModelPlanner models() {
    return models;
  }

  CachePlanner caches() {
    return caches;
  }

  /** CREATE STREAM in any form but that over a table. */
  void plan(Declaration declaration) {
    String key = PlanContext.key(declaration.name());
    if (!begun.add(key)) {
      return;
    }
    Statement.CreateStream statement = (Statement.CreateStream) declaration.statement();
    if (statement.epl() != null) {
      epl(declaration, statement);
    } else if (statement.query() != null) {
      query(declaration, statement);
    } else {
      declared(statement);
    }
    done.add(key);
  }

  private void declared(Statement.CreateStream statement) {
    SqlParserPos pos = statement.name().getParserPosition();
    Map<String, String> options =
        context.options.check(statement.options(), "a stream", KnownOptions.DECLARED_STREAM, pos);
    if (statement.columns() == null) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          pos,
          "stream "
              + statement.name().getSimple()
              + " has neither columns nor a query: write (name TYPE, …), FROM source TABLE '…', or"
              + " AS SELECT …");
      return;
    }
    String format = options.getOrDefault("format", "avro");
    if (!format.equalsIgnoreCase("avro")) {
      context.diagnostics.error(
          Code.NOT_YET_SUPPORTED,
          pos,
          "a stream over a topic reads Millrace's own events; for "
              + format
              + " write CREATE SOURCE "
              + statement.name().getSimple()
              + " (…) WITH (connector = 'kafka', …)");
    }
    RowType row = context.row(statement.columns(), names(statement.columns().primaryKey()));
    StreamInfo stream =
        context.newStream(statement.name().getSimple(), options.get("topic"), StreamKind.EVENTS);
    stream.row = row;
    stream.complete = row != null;
    settings(stream, statement, options);
  }

  private static List<String> names(List<SqlIdentifier> identifiers) {
    return identifiers.stream().map(SqlIdentifier::getSimple).toList();
  }

  private void query(Declaration declaration, Statement.CreateStream statement) {
    SqlParserPos pos = statement.name().getParserPosition();
    String name = declaration.name();
    Map<String, String> options =
        context.options.check(statement.options(), "a stream", KnownOptions.QUERY, pos);
    if (statement.columns() != null) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          pos,
          "the columns of stream " + name + " are those of its query; name them there with AS");
    }
    AnalyzedQuery query = analyze(statement.query(), true);
    StreamInfo stream = context.newStream(name, null, StreamKind.EVENTS);
    stream.row = query.row();
    stream.complete = query.complete();
    settings(stream, statement, options);
    if (!query.isCompiled()) {
      return;
    }
    if (query.compiled() != null && statement.partitionBy() == null) {
      stream.partitionBy = new Partitioning(query.compiled(), context.streams).inherited();
    }
    if (query.compiled() != null && statement.timestampBy() == null) {
      stream.allowedLateness =
          query.streams().stream()
              .mapToLong(s -> context.streams.get(s).lateness())
              .max()
              .orElse(0);
    }
    component(
        declaration, name, query, query.sql(), stream, options, statement.partitionBy() == null);
  }

  /** AS EPL. */
  private void epl(Declaration declaration, Statement.CreateStream statement) {
    SqlParserPos pos = statement.name().getParserPosition();
    Map<String, String> options =
        context.options.check(statement.options(), "a stream", KnownOptions.QUERY, pos);
    if (statement.columns() == null) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          pos,
          "what EPL gives has to be declared: CREATE STREAM "
              + declaration.name()
              + " (column TYPE, …) AS EPL …");
      return;
    }
    StreamInfo stream = context.newStream(declaration.name(), null, StreamKind.EVENTS);
    stream.row = context.row(statement.columns(), names(statement.columns().primaryKey()));
    stream.complete = stream.row != null;
    settings(stream, statement, options);
    writers.merge(stream.name, 1, Integer::sum);
    new EplPlanner(context)
        .plan(
            declaration,
            statement.epl(),
            stream,
            options,
            named -> streamOf(named, statement.epl().pos()));
  }

  /** The stream of a declaration when it is one by itself. */
  private StreamInfo streamOf(Declaration named, SqlParserPos pos) {
    SourceInfo source =
        named.statement() instanceof Statement.CreateSource ? sources.find(named.name()) : null;
    return source != null && source.handsOutTables() ? null : stream(List.of(named.name()), pos);
  }

  private void component(
      Declaration declaration,
      String name,
      AnalyzedQuery query,
      String sql,
      StreamInfo output,
      Map<String, String> options,
      boolean inherit) {
    writers.merge(output.name, 1, Integer::sum);
    if (query.stateful() != null) {
      new StatefulPlanner(context).plan(declaration, name, query, sql, output, options, inherit);
      return;
    }
    Component.Builder component =
        context
            .component(declaration, name, ComponentKind.QUERY, "enrichment")
            .setInputs(query.streams())
            .setOutputs(List.of(output.name))
            .setCaches(query.caches())
            .setSql(sql);
    Map<String, String> own = new TreeMap<>();
    if (options.containsKey(KnownOptions.START_FROM)) {
      own.put(KnownOptions.START_FROM, options.get(KnownOptions.START_FROM));
    }
    StatefulPlanner.idleTimeout(context, own);
    context.add(component.setOptions(own), declaration, null);
  }

  /** INSERT INTO. */
  void insert(Declaration declaration) {
    Statement.InsertInto statement = (Statement.InsertInto) declaration.statement();
    AnalyzedQuery query = analyze(statement.query(), false);
    StreamInfo target = target(statement.target());
    if (target == null || target.row == null || query.row() == null || !query.complete()) {
      return;
    }
    String sql =
        new Assignment(context.diagnostics)
            .fit(query, target, statement.columns(), statement.query().getParserPosition());
    if (sql != null) {
      int number = writers.getOrDefault(target.name, 0) + 1;
      component(declaration, target.name + "#" + number, query, sql, target, Map.of(), false);
    }
  }

  private StreamInfo target(SqlIdentifier written) {
    String name = written.names.get(written.names.size() - 1);
    Declaration declaration = context.names.get(PlanContext.key(name));
    boolean local = written.isSimple() || isThisApplication(written.names);
    if (local
        && declaration != null
        && declaration.statement() instanceof Statement.CreateStream stream
        && stream.table() == null) {
      plan(declaration);
      StreamInfo target = context.streams.get(declaration.name());
      if (target != null && !target.topic.equals(context.application + "." + target.name)) {
        context.diagnostics.error(
            Code.INVALID_STATEMENT,
            written.getParserPosition(),
            "others write the topic of stream " + name + "; write to it with a sink");
        return null;
      }
      return target;
    }
    if (local && declaration != null) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          written.getParserPosition(),
          name + " is no stream that a query can write; CREATE STREAM makes one");
    } else if (!local) {
      context.diagnostics.error(
          Code.NOT_YET_SUPPORTED,
          written.getParserPosition(),
          "not available in this version: writing into a stream of another application");
    } else if (!context.unreadable.contains(PlanContext.key(name))) {
      unknown(written.names, written.getParserPosition());
    }
    return null;
  }

  private AnalyzedQuery analyze(SqlNode query, boolean named) {
    return new QueryAnalyzer(new Names(), context.diagnostics, context.stateRetention())
        .analyze(query, named);
  }

  /** Looks at a query for its faults alone. */
  void look(SqlNode query) {
    analyze(query, true);
  }

  private void settings(
      StreamInfo stream, Statement.CreateStream statement, Map<String, String> options) {
    stream.partitions = PlanContext.partitions(options, stream.partitions);
    stream.retention = PlanContext.retention(options, stream.retention);
    if (stream.row == null || !stream.complete) {
      return;
    }
    stream.partitionBy =
        context.columns(statement.partitionBy(), stream.row, "stream " + stream.name);
    if (statement.timestampBy() != null) {
      timestamp(stream, statement.timestampBy());
    }
  }

  private void timestamp(StreamInfo stream, Statement.TimestampBy written) {
    List<String> column =
        context.columns(List.of(written.column()), stream.row, "stream " + stream.name);
    if (!column.isEmpty()) {
      DataType type = stream.row.field(stream.row.indexOf(column.get(0)).getAsInt()).type();
      if (!type.equals(DataType.TIMESTAMP)) {
        context.diagnostics.error(
            Code.TYPE_MISMATCH,
            written.column().getParserPosition(),
            "TIMESTAMP BY needs a TIMESTAMP and "
                + column.get(0)
                + " is "
                + type.sql()
                + "; CAST it in the query");
      }
      stream.timestampColumn = column.get(0);
    }
    if (written.lateness() != null) {
      stream.allowedLateness = millis(written.lateness());
    }
  }

  private long millis(SqlNode interval) {
    try {
      SqlIntervalLiteral.IntervalValue value =
          ((SqlLiteral) interval).getValueAs(SqlIntervalLiteral.IntervalValue.class);
      if (!value.getIntervalQualifier().isYearMonth()) {
        return SqlParserUtil.intervalToMillis(value);
      }
    } catch (RuntimeException e) {
      // What cannot be read is reported like what makes no sense.
    }
    context.diagnostics.error(
        Code.INVALID_STATEMENT,
        interval.getParserPosition(),
        "a length of time is expected, such as INTERVAL '10' SECOND");
    return 0;
  }

  /** What a name in FROM stands for, or null. */
  private Relation relation(List<String> names, SqlParserPos pos) {
    if (names.size() == 1 || isThisApplication(names)) {
      Declaration declaration = context.names.get(PlanContext.key(names.get(names.size() - 1)));
      if (declaration != null && declaration.statement() instanceof Statement.CreateCache) {
        CacheTable cache = caches.table(declaration, pos);
        return cache == null ? null : Relation.cache(cache);
      }
    }
    StreamInfo stream = stream(names, pos);
    return stream == null || stream.row == null
        ? null
        : Relation.stream(stream.name, stream.row, stream.complete);
  }

  private final class Names implements RelationResolver {
    @Override
    public Relation resolve(List<String> names, SqlParserPos pos) {
      return relation(names, pos);
    }

    @Override
    public Relation model(List<String> names, SqlParserPos pos) {
      CacheTable model = models.table(names, pos);
      return model == null ? null : Relation.cache(model);
    }
  }

  /** The stream of a name; null when there is none, or it is faulty, which has been said. */
  StreamInfo stream(List<String> names, SqlParserPos pos) {
    if (names.size() > 1 && !isThisApplication(names)) {
      return foreign(names, pos);
    }
    String name = names.get(names.size() - 1);
    Declaration declaration = context.names.get(PlanContext.key(name));
    if (declaration == null) {
      if (!context.unreadable.contains(PlanContext.key(name))) {
        unknown(names, pos);
      }
      return null;
    }
    return switch (declaration.statement()) {
      case Statement.CreateStream stream when stream.table() != null ->
          context.streams.get(declaration.name());
      case Statement.CreateStream stream -> local(declaration, pos);
      case Statement.CreateSource source -> ofSource(declaration, pos);
      case Statement other -> {
        context.diagnostics.error(
            Code.INVALID_QUERY, pos, name + " is " + noun(other) + ", no stream");
        yield null;
      }
    };
  }

  private StreamInfo local(Declaration declaration, SqlParserPos pos) {
    String key = PlanContext.key(declaration.name());
    if (begun.contains(key) && !done.contains(key)) {
      context.diagnostics.error(
          Code.INVALID_QUERY,
          pos,
          "stream "
              + declaration.name()
              + " is made from itself; a query cannot read what comes out of it");
      return null;
    }
    plan(declaration);
    return context.streams.get(declaration.name());
  }

  private StreamInfo ofSource(Declaration declaration, SqlParserPos pos) {
    SourceInfo source = sources.find(declaration.name());
    if (source != null && source.handsOutTables()) {
      context.diagnostics.error(
          Code.INVALID_QUERY,
          pos,
          "source "
              + source.name
              + " hands out tables; make a stream of one with CREATE STREAM name FROM "
              + source.name
              + " TABLE '…'");
    }
    return source == null ? null : source.stream;
  }

  static String noun(Statement statement) {
    return switch (statement) {
      case Statement.CreateCache c -> "a cache";
      case Statement.CreateView v -> "a view";
      case Statement.CreateAlert a -> "an alert";
      case Statement.CreateModel m -> "a model";
      case Statement.CreateSink s -> "a sink";
      case Statement.CreateFlow f -> "a flow";
      case Statement.CreateSource s -> "a source";
      default -> "something else";
    };
  }

  private boolean isThisApplication(List<String> names) {
    String prefix = String.join(".", names.subList(0, names.size() - 1));
    return names.size() == 3
        ? prefix.equalsIgnoreCase(context.application)
        : names.size() == 2
            && (context.namespace() + "." + prefix).equalsIgnoreCase(context.application);
  }

  private StreamInfo foreign(List<String> names, SqlParserPos pos) {
    String fullName =
        names.size() == 2
            ? context.namespace() + "." + String.join(".", names)
            : String.join(".", names);
    StreamInfo known = context.streams.get(fullName);
    if (known != null) {
      return known;
    }
    Optional<StreamDefinition> definition =
        names.size() > 3 ? Optional.empty() : context.environment.stream(fullName);
    if (definition.isEmpty()) {
      unknown(names, pos);
      return null;
    }
    StreamInfo stream = StreamInfo.foreign(fullName, definition.get());
    context.streams.put(fullName, stream);
    return stream;
  }

  private void unknown(List<String> names, SqlParserPos pos) {
    List<String> known = new ArrayList<>();
    context.names.values().stream()
        .filter(d ->
            d.statement() instanceof Statement.CreateStream
                || d.statement() instanceof Statement.CreateCache
                || d.statement() instanceof Statement.CreateSource)
        .map(Declaration::name)
        .forEach(known::add);
    known.addAll(context.environment.streamNames());
    String name = String.join(".", names);
    context.diagnostics.unknown(
        Code.UNKNOWN_STREAM, pos, "there is no stream or cache " + name + ".", name, known);
  }
}
