package io.millrace.local.cli;

import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the local stack and the sample inventory; data survive ./millrace down.",
      "A stack that runs already is healed and left as it is.",
      "MILLRACE_KAFKA, MILLRACE_POSTGRES and MILLRACE_REDIS name servers to be used instead of"
          + " embedded ones; MILLRACE_DEMO_RATE says how many changes a second the demo database"
          + " sees (2; 0 for none). MILLRACE_FILES_ALLOWED names directories that file connectors"
          + " may reach beside the stack's own.",
    })
final class UpCommand implements Callable<Integer> {

  private final Console console;

  @Option(names = "--processes", description = "each service as a process, as in production")
  private boolean processes;

  @Option(names = "--no-sample", description = "do not deploy the sample inventory")
  private boolean noSample;

  UpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Progress progress = new Progress(console);
    StackProcess stack = new StackProcess(console);
    boolean ran = stack.running().isPresent();
    if (!ran) {
      console.tell("Starting Millrace " + (processes ? "as processes" : "in one JVM"));
    }
    StackState state = stack.start(processes);
    Secrets secrets = Secrets.of(console.home());
    if (state.part("gateway").isPresent()) {
      Api api = Api.connect(console.home(), state.url());
      api.login("admin", secrets.administrator());
      Samples samples = new Samples(console, api);
      samples.storeSecrets();
      if (!noSample) {
        samples.start("inventory");
      }
    }
    console.print(
        "Millrace %s at %s after %.1f s"
            .formatted(ran ? "runs" : "is up", state.url(), progress.seconds()));
    console.print("  user      admin");
    console.print("  password  " + secrets.administrator());
    return 0;
  }
}
