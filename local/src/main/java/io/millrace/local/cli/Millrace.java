package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;

/** The command {@code millrace}. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    version = "Millrace 0.1.0",
    description = "Collects, processes and delivers data in motion, exactly once.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      SampleCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      LoginCommand.class,
      ValidateCommand.class,
      ApplyCommand.class,
      DiffCommand.class,
      ListCommand.class,
      DescribeCommand.class,
      ExportCommand.class,
      LifecycleCommand.Deploy.class,
      LifecycleCommand.Start.class,
      LifecycleCommand.Stop.class,
      LifecycleCommand.Quiesce.class,
      LifecycleCommand.Undeploy.class,
      DropCommand.class,
      TailCommand.class,
      QueryCommand.class,
      DeadLettersCommand.class,
      SecretCommand.class,
    },
    footerHeading = "%nAlso:%n",
    footer = {
      "  test [--quick|--faults]  the checks that continuous integration runs",
      "  bench [NAME]             the benchmarks",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused or failed; the reason is printed",
      "2:wrong usage",
      "3:the script has errors",
      "4:Millrace does not answer, or does not know you",
      "5:not finished in the time that was given",
    })
public final class Millrace {

  private Millrace() {}

  public static void main(String[] args) {
    System.exit(run(new Console(LocalHome.current()), args));
  }

  /** Runs one command and returns its exit code. */
  static int run(Console console, String... args) {
    CommandLine line =
        new CommandLine(new Millrace(), new ConsoleFactory(console))
            .setOut(console.out())
            .setErr(console.err())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setExecutionExceptionHandler(explain(console))
            .setParameterExceptionHandler(Millrace::explainUsage);
    if (args.length == 0) {
      line.usage(console.out());
      return 2;
    }
    return line.execute(args);
  }

  private static IExecutionExceptionHandler explain(Console console) {
    return (e, line, parsed) -> {
      if (e instanceof CommandFailure failure) {
        console.error(failure.getMessage());
        return failure.exitCode();
      }
      console.error(e.getMessage() == null ? e.toString() : e.getMessage());
      if (System.getenv("MILLRACE_DEBUG") != null) {
        e.printStackTrace(console.err());
      }
      return 1;
    };
  }

  private static int explainUsage(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println(e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
      line.getErr()
          .println("Usage: ./" + line.getCommandSpec().qualifiedName(" ") + " --help tells more.");
    }
    return 2;
  }
}
