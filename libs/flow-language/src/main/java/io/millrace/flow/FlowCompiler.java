package io.millrace.flow;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.ScriptText;
import io.millrace.flow.environment.Environment;
import io.millrace.flow.parser.ScriptParser;
import io.millrace.flow.plan.PlanAssembly;
import io.millrace.flow.plan.Planner;
import io.millrace.flow.query.QueryCompiler;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Compiles scripts. Thread-safe; never throws on account of a script. */
public final class FlowCompiler {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Compiles a script.
   *
   * @param script the whole text
   * @param defaultNamespace the namespace of an application that names none
   * @param environment what is around it; what it throws goes through to the caller
   */
  public Compilation compile(String script, String defaultNamespace, Environment environment) {
    Objects.requireNonNull(environment, "environment");
    Diagnostics diagnostics = new Diagnostics(new ScriptText(withoutMark(script)));
    ScriptParser.Script read = new ScriptParser(QueryCompiler.CONFORMANCE).script(diagnostics);
    Optional<String> application = Optional.empty();
    Optional<PlanAssembly.Planned> planned = Optional.empty();
    try {
      Planner.Result result =
          new Planner(defaultNamespace, environment, diagnostics)
              .plan(read.statements(), read.unreadableNames());
      application = result.application();
      planned = result.plan();
    } catch (StackOverflowError e) {
      diagnostics.error(
          Code.TOO_LARGE,
          new SqlParserPos(1, 1, 1, 1),
          "a statement is nested too deeply; divide it");
    }
    return new Compilation(
        diagnostics.sorted(),
        application,
        planned.map(PlanAssembly.Planned::plan),
        planned.map(PlanAssembly.Planned::graph));
  }

  /** Some editors put it before the text; what they show begins behind it. */
  private static String withoutMark(String script) {
    return script.startsWith(BYTE_ORDER_MARK) ? script.substring(1) : script;
  }
}
