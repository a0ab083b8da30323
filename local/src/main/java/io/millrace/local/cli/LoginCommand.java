package io.millrace.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps a token for the commands that follow; the local stack does not need it.",
      "MILLRACE_TOKEN in the environment goes before it.",
    })
final class LoginCommand implements Callable<Integer> {

  private final Console console;
  @Mixin private Remote remote;

  @Option(
      names = {"-u", "--user"},
      required = true,
      paramLabel = "USER")
  private String user;

  @Option(
      names = {"-p", "--password"},
      interactive = true,
      arity = "0..1",
      paramLabel = "PASSWORD",
      description = "asked for when not given")
  private char[] password;

  LoginCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    char[] given = password;
    if (given == null) {
      if (System.console() == null) {
        throw new CommandFailure(2, "no terminal to ask for the password: give it with --password");
      }
      given = System.console().readPassword("Password of %s: ", user);
    }
    Api api = remote.api(console);
    api.login(user, new String(given));
    console.print("Logged in to " + api.url() + " as " + user);
    return 0;
  }
}
