package io.millrace.local.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks a script: every fault with its place and a way out.")
final class ValidateCommand implements Callable<Integer> {

  private final Console console;
  @Mixin private ScriptFile file;
  @Mixin private Remote remote;
  @Mixin private Output output;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String script = file.read();
    JsonNode answer = remote.api(console).post("/applications/validate", Map.of("script", script));
    JsonNode diagnostics = answer.path("diagnostics");
    if (output.json()) {
      console.print(Output.pretty(answer));
      return Diagnostics.anyError(diagnostics) ? CommandFailure.INVALID_SCRIPT : 0;
    }
    if (file.print(console, script, diagnostics)) {
      return CommandFailure.INVALID_SCRIPT;
    }
    console.print(file.name() + " is valid");
    return 0;
  }
}
