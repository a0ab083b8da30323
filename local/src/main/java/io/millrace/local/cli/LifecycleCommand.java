package io.millrace.local.cli;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that move an application from one state to another, and wait for it. */
abstract class LifecycleCommand implements Callable<Integer> {

  private final Console console;
  private final String action;
  private final Set<String> goal;

  @Parameters(paramLabel = "APP")
  private String application;

  @Option(names = "--no-wait", description = "return at once, do not wait for the state")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "how long to wait (${DEFAULT-VALUE})")
  private int timeout;

  @Mixin private Remote remote;

  LifecycleCommand(Console console, String action, Set<String> goal) {
    this.console = console;
    this.action = action;
    this.goal = goal;
  }

  @Override
  public Integer call() {
    Applications applications = new Applications(console, remote.api(console));
    applications.act(application, action);
    String name = Names.application(application);
    if (noWait) {
      console.print(name + ": " + action + " has been asked for");
    } else {
      console.print(name + " is " + applications.await(application, action, goal, timeout));
    }
    return 0;
  }

  @Command(
      name = "deploy",
      mixinStandardHelpOptions = true,
      description = "Makes an application's topics and hands it to the services, not started yet.")
  static final class Deploy extends LifecycleCommand {
    Deploy(Console console) {
      super(console, "deploy", Set.of("DEPLOYED", "RUNNING"));
    }
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts a deployed or stopped application where it was.")
  static final class Start extends LifecycleCommand {
    Start(Console console) {
      super(console, "start", Set.of("RUNNING"));
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stops an application at once; it goes on from there when started again.")
  static final class Stop extends LifecycleCommand {
    Stop(Console console) {
      super(console, "stop", Set.of("STOPPED"));
    }
  }

  @Command(
      name = "quiesce",
      mixinStandardHelpOptions = true,
      description = "Stops the sources, lets everything under way arrive, then stops.")
  static final class Quiesce extends LifecycleCommand {
    Quiesce(Console console) {
      super(console, "quiesce", Set.of("STOPPED"));
    }
  }

  @Command(
      name = "undeploy",
      mixinStandardHelpOptions = true,
      description = "Takes an application from the services; its streams and positions stay.")
  static final class Undeploy extends LifecycleCommand {
    Undeploy(Console console) {
      super(console, "undeploy", Set.of("CREATED"));
    }
  }
}
