package io.millrace.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the applications with state and rates.")
final class ListCommand implements Callable<Integer> {

  private final Console console;
  @Mixin private Remote remote;
  @Mixin private Output output;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<JsonNode> applications = new Applications(console, remote.api(console)).all();
    List<LinkedHashMap<String, String>> rows = new ArrayList<>();
    for (JsonNode application : applications) {
      LinkedHashMap<String, String> row = new LinkedHashMap<>();
      row.put("application", application.path("name").asString());
      row.put("state", application.path("state").asString());
      row.put("revision", Output.cell(application.path("revision")));
      row.put("in/s", Figures.rate(application.path("inRate")));
      row.put("out/s", Figures.rate(application.path("outRate")));
      row.put("lag", Output.cell(application.path("lag")));
      row.put("dead letters", Output.cell(application.path("deadLetters")));
      rows.add(row);
    }
    output.print(console, rows, applications);
    if (rows.isEmpty() && output.format() == Output.Format.TABLE) {
      console.print("no applications; ./millrace apply FILE makes one");
    }
    return 0;
  }
}
