package io.millrace.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Ad hoc SQL over views and live streams; comes with materialized views.")
final class QueryCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SQL")
  private String sql;

  @Override
  public Integer call() {
    throw new CommandFailure(
        CommandFailure.REFUSED,
        "ad hoc queries come with a later version, so nothing was run for: "
            + sql
            + " (./millrace tail STREAM --where \"…\" shows events today)");
  }
}
