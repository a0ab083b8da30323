package io.millrace.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = "Deletes an application with its streams and positions.")
final class DropCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "APP")
  private String application;

  @Mixin private Remote remote;

  DropCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    remote.api(console).delete("/applications/" + Api.part(Names.application(application)));
    console.print(Names.application(application) + " is gone");
    return 0;
  }
}
