package io.millrace.local.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the events of a stream: the last ones, then each as it comes, until Ctrl-C.",
      "With --limit the last N, and then it ends.",
    })
final class TailCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "STREAM", description = "[namespace.]application.stream")
  private String stream;

  @Option(names = "--limit", paramLabel = "N", description = "the last N events, then end")
  private Integer limit;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description = "only the events for which this is true, as SQL: \"quantity > 10\"")
  private String where;

  @Mixin private Remote remote;
  @Mixin private Output output;

  TailCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Api api = remote.api(console);
    String path = "/streams/" + Api.part(Names.stream(stream));
    String condition = where == null ? "" : "where=" + Api.part(where);
    JsonNode events =
        api.get(path + "/events?limit=" + (limit == null ? 10 : limit) + "&" + condition)
            .path("items");
    List<JsonNode> rows = new ArrayList<>();
    events.forEach(rows::add);
    printAll(rows);
    if (limit == null) {
      follow(api, path + "/live?" + condition, rows.isEmpty());
    }
    return 0;
  }

  private void follow(Api api, String path, boolean first) throws IOException {
    boolean header = first;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(api.live(path), StandardCharsets.UTF_8))) {
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty() && !data.isEmpty()) {
          JsonNode message = Api.JSON.readTree(data.toString());
          data.setLength(0);
          for (JsonNode event : message.isArray() ? message : List.of(message)) {
            printOne(event, header);
            header = false;
          }
        }
      }
    }
    throw new CommandFailure(CommandFailure.UNREACHABLE, "Millrace has closed the connection");
  }

  private void printAll(List<JsonNode> events) {
    List<LinkedHashMap<String, String>> rows = events.stream().map(TailCommand::row).toList();
    if (output.json()) {
      events.forEach(event -> console.print(event.toString()));
    } else {
      output.print(console, rows, null);
    }
  }

  private void printOne(JsonNode event, boolean header) {
    List<String> lines =
        switch (output.format()) {
          case JSON -> List.of(event.toString());
          case CSV -> Output.csv(List.of(row(event)), header);
          case TABLE -> header ? Output.table(List.of(row(event))) : List.of(line(row(event)));
        };
    lines.forEach(console::print);
  }

  private static String line(LinkedHashMap<String, String> row) {
    return String.join("  ", row.values());
  }

  /** The event's time and columns; before and after of a change side by side. */
  private static LinkedHashMap<String, String> row(JsonNode event) {
    LinkedHashMap<String, String> row = new LinkedHashMap<>();
    JsonNode value = event.has("value") ? event.path("value") : event;
    value.properties().forEach(column -> row.put(column.getKey(), Output.cell(column.getValue())));
    return row;
  }
}
