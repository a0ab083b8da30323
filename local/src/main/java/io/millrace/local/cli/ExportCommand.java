package io.millrace.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Prints an application's script; secrets are named in it, never shown.")
final class ExportCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "APP")
  private String application;

  @Mixin private Remote remote;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String script =
        remote
            .api(console)
            .get("/applications/" + Api.part(Names.application(application)))
            .path("script")
            .asString();
    console.out().print(script.endsWith("\n") ? script : script + "\n");
    console.out().flush();
    return 0;
  }
}
