package io.millrace.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the application that a script describes, or makes the script its new revision.",
      "An application that runs takes the revision over: only what changed restarts.",
    })
final class ApplyCommand implements Callable<Integer> {

  private final Console console;
  @Mixin private ScriptFile file;
  @Mixin private Remote remote;
  @Mixin private Output output;

  ApplyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String script = file.read();
    Applications applications = new Applications(console, remote.api(console));
    Applications.Applied applied = applications.apply(file.name(), script);
    if (output.json()) {
      console.print(Output.pretty(applied.answer()));
    } else {
      console.print(
          "%s %s, revision %d"
              .formatted(
                  applied.name(),
                  applied.created()
                      ? "created"
                      : applied.changed() ? "changed" : "is as the script",
                  applied.revision()));
    }
    return 0;
  }
}
