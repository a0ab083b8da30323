package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.environment.Environment;
import io.millrace.flow.parser.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Makes the plan of an application from its statements. One is for one script. */
public final class Planner {

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_-]{0,99}");
  private static final Pattern APPLICATION = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");

  private final String defaultNamespace;
  private final Environment environment;
  private final Diagnostics diagnostics;
  private final OptionChecker options;

  public Planner(String defaultNamespace, Environment environment, Diagnostics diagnostics) {
    this.defaultNamespace = defaultNamespace;
    this.environment = environment;
    this.diagnostics = diagnostics;
    this.options = new OptionChecker(environment, diagnostics);
  }

  /**
   * What came of planning.
   *
   * @param application namespace.name, when it is known
   * @param plan present when there was no error
   */
  public record Result(Optional<String> application, Optional<PlanAssembly.Planned> plan) {}

  /**
   * @param unreadable the names, in lower case, of statements that could not be read
   */
  public Result plan(List<Statement> statements, Set<String> unreadable) {
    Statement.CreateApplication header = header(statements);
    String application =
        header == null || header.name().names.size() > 2
            ? null
            : header.name().isSimple()
                ? defaultNamespace + "." + header.name().getSimple()
                : String.join(".", header.name().names);
    Map<String, String> applicationOptions =
        header == null
            ? Map.of()
            : options.check(
                header.options(),
                "an application",
                KnownOptions.APPLICATION,
                header.name().getParserPosition());
    PlanContext context =
        new PlanContext(
            environment,
            diagnostics,
            options,
            application == null ? defaultNamespace + ".application" : application,
            applicationOptions,
            unreadable);
    List<Declaration> declarations = declarations(statements, context);
    planAll(declarations, context);
    if (!diagnostics.hasErrors() && context.drafts.isEmpty()) {
      diagnostics.warning(
          Code.NOTE,
          header == null ? SqlParserPos.ZERO : header.pos(),
          "the application does nothing yet: it has no source, query, cache or sink");
    }
    PlanAssembly assembly = new PlanAssembly(context);
    if (!diagnostics.hasErrors()) {
      assembly.checkCycles();
    }
    return new Result(
        Optional.ofNullable(application),
        diagnostics.hasErrors() ? Optional.empty() : Optional.of(assembly.assemble()));
  }

  private void planAll(List<Declaration> declarations, PlanContext context) {
    SourcePlanner sources = new SourcePlanner(context);
    StreamPlanner streams = new StreamPlanner(context, sources);
    SinkPlanner sinks = new SinkPlanner(context, sources, streams);
    each(declarations, Statement.CreateSource.class, sources::plan);
    // Streams of tables come first, so that a table that has one is captured under its name.
    each(
        declarations,
        Statement.CreateStream.class,
        d -> {
          if (((Statement.CreateStream) d.statement()).table() != null) {
            sources.stream(d);
          }
        });
    for (Declaration declaration : declarations) {
      switch (declaration.statement()) {
        case Statement.CreateStream s when s.table() == null -> streams.plan(declaration);
        case Statement.CreateCache c -> streams.caches().plan(declaration);
        case Statement.InsertInto i -> streams.insert(declaration);
        case Statement.CreateSink s -> sinks.plan(declaration);
        case Statement.CreateView view -> {
          later(view.name(), "materialized views");
          streams.look(view.query());
        }
        case Statement.CreateAlert alert -> {
          later(alert.name(), "alerts");
          streams.names().stream(alert.stream().names, alert.stream().getParserPosition());
        }
        case Statement.CreateModel model -> streams.models().plan(declaration);
        default -> {}
      }
    }
  }

  private void later(SqlIdentifier name, String what) {
    diagnostics.error(
        Code.NOT_YET_SUPPORTED, name.getParserPosition(), "not available in this version: " + what);
  }

  private static void each(
      List<Declaration> declarations,
      Class<? extends Statement> kind,
      Consumer<Declaration> action) {
    declarations.stream().filter(d -> kind.isInstance(d.statement())).forEach(action);
  }

  private Statement.CreateApplication header(List<Statement> statements) {
    Statement.CreateApplication found = null;
    for (Statement statement : statements) {
      if (statement instanceof Statement.CreateApplication application) {
        if (found != null) {
          diagnostics.error(
              Code.NO_APPLICATION,
              application.name().getParserPosition(),
              "a script is one application; this is the second");
        } else {
          found = application;
          if (!application.equals(statements.get(0))) {
            diagnostics.error(
                Code.NO_APPLICATION,
                application.name().getParserPosition(),
                "CREATE APPLICATION has to be the first statement");
          }
          checkApplicationName(application.name());
        }
      }
    }
    if (found == null && !diagnostics.hasErrors()) {
      diagnostics.add(
          io.millrace.flow.diagnostic.Diagnostic.Severity.ERROR,
          Code.NO_APPLICATION,
          new SqlParserPos(1, 1, 1, 1),
          "a script begins with CREATE APPLICATION name;",
          List.of("CREATE APPLICATION"),
          null);
    }
    return found;
  }

  private void checkApplicationName(SqlIdentifier name) {
    if (name.names.size() > 2) {
      diagnostics.error(
          Code.INVALID_NAME,
          name.getParserPosition(),
          "an application is called name or namespace.name");
    }
    for (String part : name.names) {
      if (!APPLICATION.matcher(part).matches()) {
        diagnostics.error(
            Code.INVALID_NAME,
            name.getParserPosition(),
            "the name of an application is made of letters from a to z, digits, _ and -, a letter"
                + " first, 100 at most");
      }
    }
  }

  /** The statements with their groups; gives each name to the first that wants it. */
  private List<Declaration> declarations(List<Statement> statements, PlanContext context) {
    List<Declaration> declarations = new ArrayList<>();
    Statement.CreateFlow flow = null;
    for (Statement statement : statements) {
      switch (statement) {
        case Statement.CreateApplication application -> {}
        case Statement.CreateFlow begin -> {
          if (flow != null) {
            diagnostics.error(
                Code.UNBALANCED_FLOW,
                begin.name().getParserPosition(),
                "flow "
                    + flow.name().getSimple()
                    + " is still open; end it with END FLOW before another begins");
          }
          flow = begin;
          register(new Declaration(begin, null), context);
        }
        case Statement.EndFlow end -> {
          if (flow == null) {
            diagnostics.error(
                Code.UNBALANCED_FLOW, end.pos(), "no flow is open that could end here");
          }
          flow = null;
        }
        default -> {
          Declaration declaration =
              new Declaration(statement, flow == null ? null : flow.group().getSimple());
          if (!(statement instanceof Statement.Named) || register(declaration, context)) {
            declarations.add(declaration);
          }
        }
      }
    }
    if (flow != null) {
      diagnostics.error(
          Code.UNBALANCED_FLOW,
          flow.name().getParserPosition(),
          "flow " + flow.name().getSimple() + " is not ended; write END FLOW;");
    }
    return declarations;
  }

  private boolean register(Declaration declaration, PlanContext context) {
    SqlIdentifier name = ((Statement.Named) declaration.statement()).name();
    if (!NAME.matcher(declaration.name()).matches()) {
      diagnostics.error(
          Code.INVALID_NAME,
          name.getParserPosition(),
          "a name is made of letters, digits, _ and -, a letter first, 100 at most");
    } else if (!declaration.name().matches("[\\x00-\\x7f]*")) {
      diagnostics.error(
          Code.INVALID_NAME,
          name.getParserPosition(),
          "names become names of topics, which take the letters a to z alone");
    }
    Declaration first = context.names.putIfAbsent(PlanContext.key(declaration.name()), declaration);
    if (first != null) {
      diagnostics.error(
          Code.DUPLICATE_NAME,
          name.getParserPosition(),
          "the name "
              + declaration.name()
              + " is taken by "
              + (first.statement() instanceof Statement.CreateStream ? "a stream" : first.noun())
              + " in line "
              + first.line());
    }
    return first == null;
  }
}
