package io.millrace.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the local stack; its data stay.")
final class DownCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--purge", description = "delete all data, logs, secrets and logins as well")
  private boolean purge;

  DownCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    StackProcess stack = new StackProcess(console);
    boolean ran = stack.stop();
    stack.stopLeftBehind();
    if (purge) {
      stack.purge();
    }
    console.print(
        (ran ? "Millrace is down" : "Millrace did not run") + (purge ? ", its data are gone" : ""));
    return 0;
  }
}
