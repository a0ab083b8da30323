package io.millrace.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows what applying a script would change, and what would restart.")
final class DiffCommand implements Callable<Integer> {

  private final Console console;
  @Mixin private ScriptFile file;
  @Mixin private Remote remote;
  @Mixin private Output output;

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    new Applications(console, remote.api(console)).diff(file.name(), file.read(), output);
    return 0;
  }
}
