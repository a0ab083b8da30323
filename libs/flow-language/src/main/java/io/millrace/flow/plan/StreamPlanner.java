package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.parser.Statement;
import io.millrace.flow.query.AnalyzedQuery;
import io.millrace.flow.query.QueryAnalyzer;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.RowType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Plans streams and the queries that fill them, each when it is first needed. */
final class StreamPlanner {

  private final PlanContext context;
  private final StreamNames names;
  private final StreamSettings settings;
  private final CachePlanner caches;
  private final ModelPlanner models;
  private final Set<String> begun = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Map<String, Integer> writers = new HashMap<>();

  StreamPlanner(PlanContext context, SourcePlanner sources) {
    this.context = context;
    this.names = new StreamNames(context, sources, this);
    this.settings = new StreamSettings(context);
    this.caches = new CachePlanner(context, sources, this);
    this.models = new ModelPlanner(context);
  }

  ModelPlanner models() {
    return models;
  }

  CachePlanner caches() {
    return caches;
  }

  StreamNames names() {
    return names;
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

  /** Whether a stream is being planned at this moment: what needs it then needs itself. */
  boolean isUnderWay(Declaration declaration) {
    String key = PlanContext.key(declaration.name());
    return begun.contains(key) && !done.contains(key);
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
    StreamInfo stream =
        context.newStream(statement.name().getSimple(), options.get("topic"), StreamKind.EVENTS);
    stream.row = row(statement, stream);
    settings.apply(stream, statement, options);
  }

  private RowType row(Statement.CreateStream statement, StreamInfo stream) {
    List<String> key =
        statement.columns().primaryKey().stream().map(SqlIdentifier::getSimple).toList();
    return context.row(statement.columns(), key, stream.missing);
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
    stream.missing.addAll(query.missing());
    settings.apply(stream, statement, options);
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
    stream.row = row(statement, stream);
    settings.apply(stream, statement, options);
    writers.merge(stream.name, 1, Integer::sum);
    new EplPlanner(context)
        .plan(
            declaration,
            statement.epl(),
            stream,
            options,
            named -> names.streamOf(named, statement.epl().pos()));
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
    StreamInfo target = names.target(statement.target());
    if (target == null
        || target.row == null
        || query.row() == null
        || !target.complete()
        || !query.missing().isEmpty()) {
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

  private AnalyzedQuery analyze(SqlNode query, boolean named) {
    return new QueryAnalyzer(names, context.diagnostics, context.stateRetention())
        .analyze(query, named);
  }

  /** Looks at a query for its faults alone. */
  void look(SqlNode query) {
    analyze(query, true);
  }
}
