package io.millrace.local.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "secret",
    mixinStandardHelpOptions = true,
    description = {
      "Stores a secret that scripts name with SECRET, encrypted; nobody is ever shown it again.",
      "The value is asked for, or read from standard input when that is no terminal.",
    })
final class SecretCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "NAME")
  private String name;

  @Mixin private Remote remote;

  SecretCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Api api = remote.api(console);
    String value =
        System.console() != null && System.console().isTerminal()
            ? new String(System.console().readPassword("Value of %s: ", name))
            : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    api.put("/secrets/" + Api.part(name), Map.of("value", value));
    console.print("Secret " + name + " is stored");
    return 0;
  }
}
