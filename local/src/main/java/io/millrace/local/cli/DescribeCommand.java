package io.millrace.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Shows an application's components: state, events, lag, latency, guarantee.")
final class DescribeCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "APP")
  private String application;

  @Mixin private Remote remote;
  @Mixin private Output output;

  DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode status = new Applications(console, remote.api(console)).status(application);
    if (output.format() == Output.Format.TABLE) {
      console.print(
          "%s is %s%s"
              .formatted(
                  Names.application(application), status.path("state").asString(), reason(status)));
    }
    List<LinkedHashMap<String, String>> rows = new ArrayList<>();
    for (JsonNode component : status.path("components")) {
      LinkedHashMap<String, String> row = new LinkedHashMap<>();
      row.put("component", component.path("name").asString());
      row.put("kind", component.path("kind").asString());
      row.put("state", component.path("state").asString());
      row.put("in", Output.cell(component.path("eventsIn")));
      row.put("out", Output.cell(component.path("eventsOut")));
      row.put("in/s", Figures.rate(component.path("inRate")));
      row.put("out/s", Figures.rate(component.path("outRate")));
      row.put("lag", Output.cell(component.path("lag")));
      row.put("latency", Figures.millis(component.path("latencyP99Millis")));
      row.put("dead letters", Output.cell(component.path("deadLetters")));
      row.put("last event", Figures.ago(component.path("lastEventTime")));
      row.put("delivery", Output.cell(component.path("guarantee")));
      row.put("error", Output.cell(component.path("error")));
      rows.add(row);
    }
    output.print(console, rows, status);
    return 0;
  }

  private static String reason(JsonNode status) {
    String reason = Output.cell(status.path("reason"));
    return reason.isEmpty() ? "" : ": " + reason;
  }
}
