package io.millrace.control.compile;

import io.millrace.control.ControlError;
import io.millrace.flow.Compilation;
import io.millrace.flow.FlowCompiler;
import io.millrace.flow.diagnostic.Diagnostic;
import org.springframework.stereotype.Component;

/** Compiles scripts in the world of this installation. */
@Component
public class ScriptCompiler {

  /** The namespace of names that say none. */
  public static final String DEFAULT_NAMESPACE = "default";

  private final FlowCompiler compiler = new FlowCompiler();
  private final InstallationEnvironment environment;

  ScriptCompiler(InstallationEnvironment environment) {
    this.environment = environment;
  }

  public Compilation compile(String script) {
    if (script == null) {
      throw ControlError.NO_SCRIPT.with();
    }
    return compiler.compile(script, DEFAULT_NAMESPACE, environment);
  }

  /**
   * Compiles a script that has to be valid.
   *
   * @throws io.millrace.service.problem.ServiceException INVALID_SCRIPT, with the diagnostics
   */
  public Compilation compileValid(String script) {
    Compilation compilation = compile(script);
    if (!compilation.isValid()) {
      long errors = compilation.diagnostics().stream().filter(Diagnostic::isError).count();
      throw ControlError.INVALID_SCRIPT
          .with(errors, errors == 1 ? "error" : "errors")
          .and("diagnostics", compilation.diagnostics());
    }
    return compilation;
  }
}
